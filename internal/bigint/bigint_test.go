package bigint

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// same says whether a number is what math/big has.
func same(n any, want *big.Int) bool {
	switch n := n.(type) {
	case int64:
		return want.IsInt64() && want.Int64() == n
	case Int:
		return !want.IsInt64() && want.String() == string(n)
	}
	return false
}

// Numbers of every base and length are read and reckoned with as by math/big.
func TestAgainstMathBig(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		base := 2 + random.IntN(35)
		var b strings.Builder
		if random.IntN(3) == 0 {
			b.WriteByte("+-"[random.IntN(2)])
		}
		for range 1 + random.IntN(40) {
			b.WriteByte("0123456789abcdefghijklmnopqrstuvwxyz"[random.IntN(base)])
		}
		want, _ := new(big.Int).SetString(b.String(), base)
		got, ok := Parse(b.String(), base)
		if !ok || !same(got, want) {
			t.Fatalf("%q in base %d is %v, want %v", b.String(), base, got, want)
		}
		by, plus := random.IntN(5000), random.IntN(5000)
		product := new(big.Int).Mul(new(big.Int).Abs(want), big.NewInt(int64(by)))
		product.Add(product, big.NewInt(int64(plus)))
		if want.Sign() < 0 {
			product.Neg(product)
		}
		if got := Times(got, by, plus); !same(got, product) {
			t.Fatalf("%v * %d + %d is %v, want %v", want, by, plus, got, product)
		}
	}
}

func TestNoNumbers(t *testing.T) {
	for _, text := range []string{"", "-", "+", "1x", "99999999999999999999z", "--1", "9_9", "99999999999999999999_1", strings.Repeat("9", MaxDigits+1)} {
		if n, ok := Parse(text, 10); ok {
			t.Errorf("%.30q is %v", text, n)
		}
	}
}

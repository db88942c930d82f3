package config

// SignOff is when a commit gets a Signed-off-by line of whoever submits it.
type SignOff string

// When commits are signed off.
const (
	SignOffNever  SignOff = "never"
	SignOffAsk    SignOff = "ask" // whoever submits says so
	SignOffAlways SignOff = "always"
)

// readSignOff reads galley.sign_off; false for what it cannot be.
func readSignOff(value any) (SignOff, bool) {
	switch v := value.(type) {
	case nil:
		return SignOffNever, true
	case bool: // what YAML makes of "no" and "yes"
		if v {
			return SignOffAlways, true
		}
		return SignOffNever, true
	case string:
		switch s := SignOff(v); s {
		case SignOffNever, SignOffAsk, SignOffAlways:
			return s, true
		}
	}
	return SignOffNever, false
}

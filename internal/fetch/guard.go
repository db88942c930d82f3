package fetch

import (
	"net/netip"
	"syscall"

	"code.dny.dev/ssrf"
)

// ports are those of public addresses that are asked. Others belong to mail,
// shells and the like, which no request of ours is to reach.
func ports() []uint16 { return []uint16{80, 443, 8080, 8443} }

// guard decides about each connection by the number that is dialled.
type guard struct {
	public *ssrf.Guardian
	own    []netip.Prefix
}

func newGuard(own []netip.Prefix) guard {
	// By its number this one is public; within Azure it gives a machine's secrets.
	// Those of other clouds are in ranges that are not public.
	metadata := netip.MustParsePrefix("168.63.129.16/32")
	return guard{public: ssrf.New(ssrf.WithPorts(ports()...), ssrf.WithDeniedV4Prefixes(metadata)), own: own}
}

// control is for net.Dialer.
func (g guard) control(network, address string, c syscall.RawConn) error {
	if to, err := netip.ParseAddrPort(address); err == nil {
		for _, own := range g.own {
			if own.Contains(to.Addr().Unmap()) {
				return nil
			}
		}
	}
	return g.public.Safe(network, address, c)
}

package main

import (
	"net/netip"
	"time"

	"github.com/spf13/pflag"

	"galley/internal/fetch"
)

// fetching is which networks feeds and links may be asked for in.
type fetching struct{ own []string }

func (f *fetching) flags(flags *pflag.FlagSet) {
	flags.StringSliceVar(&f.own, "fetch-network", nil, "network of your own, as 10.0.0.0/8, in which feeds and links may be asked for too; may be repeated")
}

// client makes the client that asks. What is wrong is told.
func (f fetching) client(wrong *faults) *fetch.Client {
	config := fetch.Config{Clock: time.Now, Agent: "Galley/" + version}
	for _, text := range f.own {
		prefix, err := netip.ParsePrefix(text)
		if ip, wrong := netip.ParseAddr(text); wrong == nil {
			prefix, err = netip.PrefixFrom(ip, ip.BitLen()), nil
		}
		if err != nil {
			wrong.add("--fetch-network: %q is no network; write it as 10.0.0.0/8", text)
			continue
		}
		config.Own = append(config.Own, prefix.Masked())
	}
	return fetch.New(config)
}

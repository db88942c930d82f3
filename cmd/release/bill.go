package main

import (
	"bytes"
	"net/url"
	"strings"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// billOfMaterials lists components as CycloneDX JSON:
// https://cyclonedx.org/docs/1.6/json/.
func billOfMaterials(v version, parts []component) ([]byte, error) {
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{
		Timestamp: v.day.UTC().Format(time.RFC3339),
		Component: &cdx.Component{
			BOMRef: "galley", Type: cdx.ComponentTypeApplication, Name: "galley", Version: v.name,
			Licenses: &cdx.Licenses{{License: &cdx.License{ID: "Apache-2.0"}}},
		},
	}
	list, refs := []cdx.Component{}, []string{}
	for _, c := range parts {
		address := c.address()
		one := cdx.Component{
			BOMRef: address, Type: cdx.ComponentTypeLibrary, Name: c.name, Version: c.version, PackageURL: address,
			Licenses: &cdx.Licenses{{Expression: c.licence}},
		}
		if !strings.Contains(c.licence, " ") && !strings.HasPrefix(c.licence, "LicenseRef-") {
			one.Licenses = &cdx.Licenses{{License: &cdx.License{ID: c.licence}}}
		}
		if c.hash != "" {
			one.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgorithm(c.algorithm), Value: c.hash}}
		}
		list, refs = append(list, one), append(refs, address)
	}
	bom.Components = &list
	bom.Dependencies = &[]cdx.Dependency{{Ref: "galley", Dependencies: &refs}}
	var text bytes.Buffer
	err := cdx.NewBOMEncoder(&text, cdx.BOMFileFormatJSON).SetPretty(true).EncodeVersion(bom, cdx.SpecVersion1_6)
	return text.Bytes(), err
}

// address is the component's package URL: https://github.com/package-url/purl-spec.
func (c component) address() string {
	name := c.name
	if scope, rest, ok := strings.Cut(name, "/"); ok && c.kind == "npm" {
		name = "%40" + strings.TrimPrefix(scope, "@") + "/" + rest
	}
	return "pkg:" + c.kind + "/" + name + "@" + url.PathEscape(c.version)
}

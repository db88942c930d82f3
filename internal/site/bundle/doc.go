// Package bundle gathers what the browser needs of a site to render its pages: no
// more than templates and texts may look at, since it is sent over the network.
package bundle

package forge

// Deployment is how far the publication of a commit is.
type Deployment struct {
	State DeploymentState
	// Name is the environment, or the check that failed: "github-pages", "build".
	Name string
	// URL is where people read more about it; empty where that is not known.
	URL string
}

// DeploymentState is how far a publication is; "" when nothing has begun, or nobody
// tells.
type DeploymentState string

// The states of a publication.
const (
	DeploymentPending DeploymentState = "pending"
	DeploymentDone    DeploymentState = "done"
	DeploymentFailed  DeploymentState = "failed"
)

package server

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"galley/internal/forge"
	"galley/internal/picture"
	"galley/internal/site"
)

const (
	// picturesAtOnce is how many pictures are worked on at once; each may take
	// several hundred megabytes.
	picturesAtOnce = 2
	// pictureTime is how long that may take.
	pictureTime = 30 * time.Second
	// maxPictures is how many bytes the pictures of one submission may have
	// together, and maxPictureCount how many they may be.
	maxPictures     = 24 << 20
	maxPictureCount = 30
)

// newPicture is a picture as the editor gets it, fit to be published.
type newPicture struct {
	Path string `json:"path"` // in the repository
	// Address is how a post refers to it.
	Address string `json:"address"`
	Type    string `json:"type"`
	Width   int    `json:"width"`
	Height  int    `json:"height"`
	Data    []byte `json:"data"` // base64
}

// postPicture answers POST /api/pictures: the body is a file's bytes, the
// answer the picture without anything hidden, and where it is to be put.
// Nothing is kept. The type must be an image's, which no form can send.
func (s *Server) postPicture(r *http.Request) (any, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || !strings.HasPrefix(kind, "image/") {
		return nil, refuse(http.StatusUnsupportedMediaType, kindInvalid, "This is not a picture that Galley takes. Pictures are JPEG, PNG, GIF or WebP files.")
	}
	q := r.URL.Query()
	post := q.Get("path")
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, err
	}
	if err := s.writablePath(r.Context(), f, branch, post, true); err != nil {
		return nil, err
	}
	at, err := s.siteAt(r.Context(), f, branch)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	p, err := s.clean(r.Context(), data)
	if err != nil {
		return nil, err
	}
	config := at.site.Config()
	to := path.Join(config.Images, picture.Name(post, q.Get("name"), p))
	if err := writablePictures(config).Check(to); err != nil {
		return nil, err
	}
	return newPicture{to, config.BaseURL + "/" + to, p.Type, p.Width, p.Height, p.Data}, nil
}

// clean prepares a picture within the limits of what is worked on at once.
func (s *Server) clean(ctx context.Context, data []byte) (picture.Picture, error) {
	var p picture.Picture
	var err error
	if late := s.pictures.run(ctx, &ending{}, func() { p, err = picture.Clean(data) }); late != nil {
		return picture.Picture{}, late // p may still be written to
	}
	var told *picture.Error
	if errors.As(err, &told) {
		status, k := http.StatusUnprocessableEntity, kindInvalid
		if told.TooLarge {
			status, k = http.StatusRequestEntityTooLarge, kindTooLarge
		}
		return p, &refusal{cause: told, problem: problem{Kind: k, status: status, Sentence: told.Sentence}}
	}
	return p, err
}

// writablePictures are the files that pictures may be written to.
func writablePictures(c site.Config) forge.Writable {
	return forge.Writable{Folders: []string{c.Images}, Extensions: picture.Extensions}
}

// sentPicture is a picture in a submission.
type sentPicture struct {
	Path string `json:"path"`
	Data []byte `json:"data"` // base64
}

// checkedPictures makes changes of a submission's pictures. Whatever they
// were said to be, they go through the same as pictures that come first.
func (s *Server) checkedPictures(ctx context.Context, f forge.Forge, m submission) ([]forge.FileChange, error) {
	if len(m.Pictures) == 0 {
		return nil, nil
	}
	total := 0
	for _, p := range m.Pictures {
		total += len(p.Data)
	}
	if len(m.Pictures) > maxPictureCount || total > maxPictures {
		return nil, refuse(http.StatusRequestEntityTooLarge, kindTooLarge,
			"These are too many pictures for one pull request: at most %d, of %d MB together. Submit some of them first.", maxPictureCount, maxPictures>>20)
	}
	at, err := s.siteAt(ctx, f, m.Base)
	if err != nil {
		return nil, err
	}
	writable := writablePictures(at.site.Config())
	var changes []forge.FileChange
	for _, sent := range m.Pictures {
		if err := writable.Check(sent.Path); err != nil {
			return nil, err
		}
		p, err := s.clean(ctx, sent.Data)
		if err != nil {
			return nil, err
		}
		if path.Ext(sent.Path) != p.Extension {
			return nil, refuse(http.StatusBadRequest, kindInvalid, "%s is not named as what it is, a %s picture. Insert the picture again.", sent.Path, strings.TrimPrefix(p.Extension, "."))
		}
		if !slices.ContainsFunc(changes, func(c forge.FileChange) bool { return c.Path == sent.Path }) {
			changes = append(changes, forge.FileChange{Path: sent.Path, Data: p.Data})
		}
	}
	return changes, nil
}

// file answers GET /api/file: a picture of the site as it is on a branch, or in a
// pull request, by its address on the site or its path. The preview frame cannot ask for it: it
// has no sign-in, and does not know the branch.
func (s *Server) file(w http.ResponseWriter, r *http.Request) {
	data, etag, kind, err := s.pictureOn(r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	staticPolicy(w.Header())
	w.Header().Set("Cross-Origin-Resource-Policy", "same-origin")
	s.cached(w, r, etag, kind, data)
}

func (s *Server) pictureOn(r *http.Request) (data []byte, etag, kind string, err error) {
	name := strings.TrimPrefix(r.URL.Query().Get("path"), "/")
	kind = kindOf(name)
	missing := refuse(http.StatusNotFound, kindNotFound, "The site has no such picture on this branch.")
	if !served(name) || !strings.HasPrefix(kind, "image/") {
		return nil, "", "", missing
	}
	f, branch, err := s.forgeAndBranch(r)
	if err != nil {
		return nil, "", "", err
	}
	tree, err := s.trees.of(r.Context(), f, branch)
	if err != nil {
		return nil, "", "", err
	}
	names := []string{name}
	at, err := s.siteFrom(r.Context(), f, branch, tree)
	if err == nil {
		// The site may be in a folder of its host.
		if inside, found := strings.CutPrefix("/"+name, at.site.Config().BaseURL+"/"); found && inside != name && served(inside) {
			names = append(names, inside)
		}
	}
	entry, ok, err := s.inPull(r, f, names)
	if err != nil {
		return nil, "", "", err
	}
	for i := 0; i < len(names) && !ok; i++ {
		entry, ok = find(tree, names[i])
	}
	if !ok && at != nil && at.site.Config().BaseURL != "" && len(names) == 1 {
		return nil, "", "", refuse(http.StatusBadRequest, kindInvalid, "This address is beside the site, which is at %s on its host.", at.site.Config().BaseURL)
	}
	if !ok {
		return nil, "", "", missing
	}
	if entry.Size > maxStatic {
		return nil, "", "", refuse(http.StatusRequestEntityTooLarge, kindTooLarge, "The picture is too large to be shown here: it has more than %d MB.", maxStatic>>20)
	}
	data, err = f.Blob(r.Context(), entry.Blob)
	if err == nil && site.IsPointer(data) {
		return nil, "", "", refuse(http.StatusUnprocessableEntity, kindUnsupported, "In place of %s there is a pointer of Git LFS, which browsers cannot show. Whether the site has the picture depends on where it is built.", entry.Path)
	}
	return data, entry.Blob, kind, err
}

// inPull finds a picture that the pull request which a request names adds or
// changes: its branch may be in another repository.
func (s *Server) inPull(r *http.Request, f forge.Forge, names []string) (forge.Entry, bool, error) {
	text := r.URL.Query().Get("pull")
	if text == "" {
		return forge.Entry{}, false, nil
	}
	number, err := strconv.Atoi(text)
	if err != nil || number <= 0 {
		return forge.Entry{}, false, refuse(http.StatusNotFound, kindNotFound, "There is no pull request of this number.")
	}
	files, err := s.pullFiles.of(r.Context(), f, number, s.blobs.Put)
	if err != nil {
		return forge.Entry{}, false, err
	}
	for _, name := range names {
		if e, ok := files[name]; ok {
			return e, true, nil
		}
	}
	return forge.Entry{}, false, nil
}

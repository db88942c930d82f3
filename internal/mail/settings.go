package mail

import "fmt"

// Settings are the site's for mails:
//
//	galley:
//	  mail:
//	    subject: "News: {{ page.title }}"     the post's title where there is none
//	    preview: "{{ page.description }}"     a pattern, too
//	    room: 20                              KB that the mailing service adds
type Settings struct {
	Subject string
	Preview string
	// Room is in bytes.
	Room int
}

// ReadSettings reads the section galley of a site's settings. What is wrong with
// it is told, a sentence each.
func ReadSettings(galley map[string]any) (s Settings, problems []string) {
	s = Settings{Subject: "{{ page.title }}", Room: defaultRoom}
	section, ok := galley["mail"].(map[string]any)
	if !ok {
		if galley["mail"] != nil {
			problems = append(problems, "galley.mail in the settings should have lines such as “subject: \"News: {{ page.title }}\"”.")
		}
		return s, problems
	}
	for key, value := range section {
		text, isText := value.(string)
		switch {
		case key == "subject" && isText:
			s.Subject = text
		case key == "preview" && isText:
			s.Preview = text
		case key == "room":
			if n, ok := value.(int); ok && n > 0 && n < 100 {
				s.Room = n << 10
			} else {
				problems = append(problems, "room of galley.mail in the settings should be a number of KB from 1 to 99.")
			}
		case key == "subject" || key == "preview":
			problems = append(problems, fmt.Sprintf("%s of galley.mail in the settings should be a text, in quotes.", key))
		default:
			problems = append(problems, fmt.Sprintf("galley.mail in the settings knows no “%s”; it knows subject, preview and room.", key))
		}
	}
	return s, problems
}

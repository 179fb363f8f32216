package live

type Colleagues interface{}
type Writer interface{}

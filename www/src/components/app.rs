//! The root component. It must not know what element or shadow root it is mounted in.

use yew::prelude::*;

/// The whole app.
#[component]
pub(crate) fn App() -> Html {
    html! { <main class="lab"><h1>{ "Offset Lab" }</h1></main> }
}

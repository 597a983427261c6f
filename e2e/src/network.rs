//! What goes between the browser and the server that the page lies on. It must not know the page.

use crate::Page;

impl Page {
    /// The files that the browser has asked for, by their addresses below that of the page, each as often as it was.
    pub fn requests(&self) -> Vec<String> {
        self.site.requests()
    }

    /// Takes the browser off the network: whatever it asks for from now on fails.
    pub fn unplug(&self) {
        self.site.unplug();
    }

    /// What the browser reported to the server as blocked by the policy.
    pub fn policy_reports(&self) -> Vec<String> {
        self.site.reports()
    }
}

//! What a consumer prints, in the words of its client. Decides nothing.

use core::fmt::Display;

use super::ConsumerProgram;
use crate::family::rabbitmq::broker::ResponseCode;
use crate::family::rabbitmq::client::Output;
use crate::family::rabbitmq::client::console_lines::fill;

impl ConsumerProgram {
    pub(super) fn say(&mut self, line: &str, values: &[(&str, &dyn Display)]) {
        self.outputs.push_back(Output::Print(fill(line, values)));
    }

    pub(super) fn say_started(&mut self) {
        if !self.said_started {
            self.said_started = true;
            if let Some(line) = self.profile.words.start(self.settings.tracks) {
                self.say(line, &[]);
            }
        }
    }

    pub(super) fn say_first(&mut self) {
        if let (Some(line), Some(first)) =
            (self.profile.words.first(self.settings.tracks), self.first)
        {
            self.say(line, &[("{first}", &first)]);
        }
    }

    pub(super) fn say_done(&mut self) {
        if let (Some(first), Some(last)) = (self.first, self.tracking.last()) {
            let values: [(&str, &dyn Display); 2] = [("{first}", &first), ("{last}", &last)];
            self.say(self.profile.words.done, &values);
        }
    }

    pub(super) fn say_stored(&mut self, stored: Option<u64>) {
        match stored {
            Some(offset) => self.say(self.profile.words.stored, &[("{offset}", &offset)]),
            None => {
                let stream = self.stream.clone();
                let name = self.settings.reference.clone().unwrap_or_default();
                let values: [(&str, &dyn Display); 2] = [("{stream}", &stream), ("{name}", &name)];
                self.say(self.profile.words.not_stored, &values);
            }
        }
    }

    /// What the library says, if anything, and then the protocol's code.
    pub(super) fn say_refused(&mut self, code: ResponseCode) {
        if let (ResponseCode::StreamDoesNotExist, Some(line)) = (code, self.profile.words.no_stream)
        {
            let name = self.stream.clone();
            self.say(line, &[("{stream}", &name)]);
        }
        let values: [(&str, &dyn Display); 2] =
            [("{name}", &code.name()), ("{number}", &code.number())];
        self.say("refused: {name} ({number})", &values);
    }

    pub(super) fn say_lost(&mut self, line: Option<&'static str>) {
        if let Some(line) = line {
            let name = self.stream.clone();
            self.say(line, &[("{stream}", &name)]);
        }
    }
}

//! The fields of frames and of faults of a link.

use super::{Fields, Out};
use crate::trace::frame::{Fault, Frame};

impl<F: Fields> Out<'_, F> {
    pub(super) fn frame(&mut self, frame: &Frame) {
        self.word("frame", frame.word());
        match frame {
            Frame::Publish {
                first_id,
                ids,
                count,
                frames,
            } => {
                self.ids(first_id.0, *ids, *count);
                if *frames > 1 {
                    self.number("frames", *frames);
                }
            }
            Frame::Confirm {
                first_id,
                ids,
                count,
                duplicates,
            } => {
                self.ids(first_id.0, *ids, *count);
                self.flag("duplicates", *duplicates);
            }
            Frame::PublishError {
                first_id,
                ids,
                count,
                code,
            } => {
                self.ids(first_id.0, *ids, *count);
                self.word("code", code.name());
            }
            Frame::Subscribe { spec, credit } => {
                self.spec(*spec);
                self.number("credit", (*credit).into());
            }
            Frame::Credit { credit } => self.number("credit", (*credit).into()),
            Frame::Store { offset } => self.number("offset", *offset),
            Frame::Activate { spec } => {
                if let Some(spec) = spec {
                    self.spec(*spec);
                }
            }
            Frame::Code(code) | Frame::MetadataUpdate { code } => self.word("code", code.name()),
            Frame::StoredOffset { offset } => match offset {
                Some(offset) => self.number("offset", *offset),
                None => self.word("offset", "none"),
            },
            Frame::Sequence { id } => self.number("id", *id),
            Frame::Deliver { stream, row } => self.chunk_of("chunk", *stream, *row),
            Frame::ConsumerUpdate { active } => self.flag("active", *active),
            Frame::Declare | Frame::QuerySequence | Frame::QueryOffset | Frame::Close => {}
        }
    }

    pub(super) fn fault(&mut self, fault: Fault) {
        match fault {
            Fault::LoseConfirm => self.word("lose", "confirm"),
            Fault::LoseStore => self.word("lose", "store"),
            Fault::LosePublish => self.word("lose", "publish"),
            Fault::Drop {
                numerator,
                denominator,
            } => {
                self.number("drop", numerator.into());
                self.number("of", denominator.into());
            }
            Fault::Delay { by } => self.number("delay_us", by.0),
        }
    }
}

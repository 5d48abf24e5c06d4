//! What else there is in the region: the host, the insurgency, the politics of contingents, barrages.

mod barrages;
mod host;
mod insurgency;
mod politics;

use barrages::Barrages;
use host::Host;
use insurgency::Insurgency;
use politics::Politics;
pub(super) use politics::send_home;

use super::context::Context;
use super::people::People;
use super::powers::Powers;

#[derive(Clone, Debug, Default)]
pub(super) struct Region {
    pub host: Host,
    insurgency: Option<Insurgency>,
    /// Of the number of troops.
    pub powers: Powers,
    pub politics: Politics,
    pub barrages: Barrages,
}

impl Region {
    pub fn begin(&mut self, ctx: &mut Context<'_>, people: &People) {
        self.host.begin(ctx);
        self.begin_insurgency(ctx, people);
        self.politics.begin(ctx, people);
        self.barrages.begin(ctx);
    }

    /// Draws anew what has been drawn ahead.
    pub fn renew(&mut self, ctx: &mut Context<'_>, people: &People) {
        self.host.renew(ctx);
        self.renew_insurgency(ctx, people);
        self.politics.renew(ctx);
        self.barrages.renew(ctx);
    }
}

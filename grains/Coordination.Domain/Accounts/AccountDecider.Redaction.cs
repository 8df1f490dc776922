using Coordination.Domain.People;
using Coordination.Domain.Redactions;
using static Coordination.Domain.Posts.PostState;

namespace Coordination.Domain.Accounts;

/// <content>The rules of erasing what a post said.</content>
public static partial class AccountDecider
{
    // A post that the state keeps no more is finished; whether there is one at all, the database knows.
    private static Decision<AccountEvent> Redact(AccountState state, RedactPost c, Actor actor, DateTimeOffset now)
    {
        if ((AccountAuthority.To(Permission.ConfirmRedaction, state, actor, "erase what a post said on") ?? FreshSignIn.Check(actor, FreshSignIn.EraseContent)) is { } forbidden)
        {
            return new Decision<AccountEvent>.Refused(forbidden);
        }

        return state.Find(c.PostId) switch
        {
            { State: not (Published or Cancelled or Rejected or Failed or Removed) } => new Decision<AccountEvent>.Refused(RedactionRefusals.Of("post-not-finished")),
            { State: Published } or { Removal: not null, State: not Removed } => new Decision<AccountEvent>.Refused(RedactionRefusals.Of("post-is-out")),
            { NextPart: > 0, State: not Removed } => new Decision<AccountEvent>.Refused(RedactionRefusals.Of("post-is-out")),
            { Text: var text } when string.Equals(text, PostErasure.Mark(c.Redaction), StringComparison.Ordinal) => Already("What the post said is erased."),
            _ => Accept(new PostRedacted(c.PostId, c.Redaction, now)),
        };
    }
}

using Coordination.Dashboard.Team;
using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Storage.Incidents;

namespace Coordination.Dashboard.Incidents;

/// <summary>The message as it is now, or why not.</summary>
public sealed record InboxAnswer(InboxMessage? Message, Refusal? Refusal);

/// <summary>Where people say what was done about an incident message that was left to them.</summary>
public sealed class InboxDesk(IIncidentInbox inbox, DeskWatch watch)
{
    /// <summary>Settles a message. Repeating it is safe: the first settlement stands.</summary>
    /// <param name="id">The message.</param>
    /// <param name="note">What was done, or why nothing has to be.</param>
    /// <param name="actor">Who says so.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<InboxAnswer> SettleAsync(Guid id, string? note, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.PlaceHold))
        {
            return new InboxAnswer(null, new Refusal(
                "forbidden",
                $"{actor.Name} ({actor.Role.Name()}) may not decide about incident messages. Nothing was changed. Who may: {PermissionMatrix.WhoMayInWords(Permission.PlaceHold)}.",
                RefusalKind.Forbidden));
        }

        if (PostRules.CheckReason(note, "Closing a message needs a note. Nothing was changed. Say in a few words what was done, or why nothing has to be.") is { } unfit)
        {
            return new InboxAnswer(null, unfit);
        }

        var outcome = await inbox.SettleAsync(id, note!.Trim(), actor, cancellationToken);
        watch.Knock();
        return outcome switch
        {
            SettleOutcome.Gone => new InboxAnswer(null, Unknown(id.ToString())),
            SettleOutcome.NotOpen => new InboxAnswer(null, new Refusal(
                "message-not-open", "Nothing of this message was left to a person. Nothing was changed. A hold that it placed is lifted on the hold's page.", RefusalKind.Conflict)),
            _ => new InboxAnswer(await inbox.FindAsync(id, cancellationToken), null),
        };
    }

    /// <summary>There is no such message.</summary>
    public static Refusal Unknown(string id) =>
        new("message-unknown", $"There is no incident message {id}. Nothing was changed. GET /api/incidents/messages lists them.", RefusalKind.NotFound);
}

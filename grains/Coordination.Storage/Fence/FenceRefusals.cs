using Coordination.Domain;
using Coordination.Domain.People;
using Coordination.Domain.Redactions;
using Npgsql;

namespace Coordination.Storage.Fence;

/// <summary>The refusals that the database's functions raise, by SQLSTATE. Each is a definite no: the statement rolled back.</summary>
public static class FenceRefusals
{
    /// <summary>Finds the refusal of an error; null when the error is none of ours and so says nothing definite.</summary>
    public static Refusal? Find(PostgresException exception) => exception.SqlState switch
    {
        "WM009" => new Refusal(
            "operation-reused", "This operation id was used before with other content. Nothing was changed. Use a new Idempotency-Key for a new wish.", RefusalKind.Conflict),
        "WM404" => new Refusal("hold-unknown", "There is no such hold. Nothing was changed.", RefusalKind.NotFound),
        "WM007" => new Refusal(
            "relabel-leaves-hold",
            $"The hold {exception.MessageText} covers the account and would not after this change. Nothing was changed. Lift the hold first, or wait for it.",
            RefusalKind.Conflict),
        "WM008" => new Refusal(
            "already-being-sent", "The post is already being sent, so it can no longer be changed. Nothing was changed. Look again in a moment; Comms can remove it once it is out.", RefusalKind.Conflict),
        "WM010" => new Refusal(
            "outcome-known", "What became of this call is on record already, and otherwise. Nothing was changed.", RefusalKind.Conflict),
        "WM011" => new Refusal(
            "post-exists", "A post of another account has this id. Nothing was changed. Give the post a new id.", RefusalKind.Conflict),
        "WM012" => new Refusal(
            "lift-not-asked",
            $"Nobody has asked for the lift of this hold. Nothing was changed: the hold stands. Who may lift it, or ask: {PermissionMatrix.WhoMayInWords(Permission.LiftHold)}; another member of Comms then confirms what needs two.",
            RefusalKind.Forbidden),
        "WM013" => new Refusal(
            "lift-ask-over", "That request to lift the hold does not wait any more: it was withdrawn, declined, or made anew. Nothing was changed: the hold stands. Read it again, and ask anew if it should be lifted.", RefusalKind.Conflict),
        "WM014" => new Refusal(
            "hold-lifted", "The hold was lifted before. Nothing was changed.", RefusalKind.Conflict),
        "WM015" => new Refusal(
            "lift-not-asked", "Nobody asks for the lift of this hold at the moment. Nothing was changed: the hold stands.", RefusalKind.Conflict),
        "WM054" => RedactionRefusals.Of(exception.MessageText),
        _ => null,
    };

    /// <summary>The request to lift that an order met had lost its asker.</summary>
    internal static Refusal AskLapsed { get; } = new(
        "lift-ask-lapsed", "The request to lift the hold has lapsed: who asked is not in that role any more. The hold stands. If it should be lifted, ask anew.", RefusalKind.Conflict);

    /// <summary>Whether the server ended the statement by an error: then it rolled back, and nothing of this call will come.</summary>
    /// <remarks>A session that ends (severity FATAL) may have committed before: that is in doubt.</remarks>
    internal static bool RolledBack(Exception exception) =>
        exception is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>Whether the same call would fail again for ever: not for want of a lock, of time, of room or of a quiet moment.</summary>
    internal static bool IsForGood(PostgresException exception) => RolledBack(exception)
        && exception.SqlState[..2] is not ("08" or "25" or "40" or "53" or "55" or "57" or "58" or "XX");

    /// <summary>The refusal for an error that is none of ours.</summary>
    internal static Refusal OfTheDatabase(PostgresException exception) => new(
        "fence-refused",
        $"The database refused this for good (error {exception.SqlState}). Nothing was changed. If the words hold unusual characters, write them anew; else tell whoever runs the service.",
        exception.SqlState.StartsWith("22", StringComparison.Ordinal) ? RefusalKind.Invalid : RefusalKind.Conflict);
}

using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;
using Coordination.Domain.Redactions;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Redactions;

namespace Coordination.Dashboard.Redactions;

/// <summary>Where content is asked to be erased, and erased by a second person, by the page and the API alike.</summary>
public interface IRedactionDesk
{
    /// <summary>Asks for all that a post said to be erased.</summary>
    Task<RedactionAnswer> AskPostAsync(Guid post, RedactionGround ground, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Asks for the content of one entry of the journal to be erased.</summary>
    Task<RedactionAnswer> AskEntryAsync(string stream, long number, RedactionGround ground, string? reason, Actor actor, CancellationToken cancellationToken);

    /// <summary>Erases it, as the second person. Repeating it is safe: what is erased stays so.</summary>
    Task<RedactionAnswer> ConfirmAsync(string id, Actor actor, Guid operationId, CancellationToken cancellationToken);

    /// <summary>Declines it; or takes it back, for who asked.</summary>
    Task<RedactionAnswer> DeclineAsync(string id, string? words, Actor actor, CancellationToken cancellationToken);

    /// <summary>Those that wait, then the last ones.</summary>
    Task<IReadOnlyList<Redaction>> ListAsync(CancellationToken cancellationToken);

    /// <summary>One; null when there is none.</summary>
    Task<Redaction?> FindAsync(string id, CancellationToken cancellationToken);
}

/// <inheritdoc/>
public sealed class RedactionDesk(IRedactionStore store, IPostReader posts, AccountCalls calls) : IRedactionDesk
{
    /// <summary>Longest stream, in characters.</summary>
    public const int LongestStream = 200;

    private const int Shown = 200;

    /// <inheritdoc/>
    public async Task<RedactionAnswer> AskPostAsync(Guid post, RedactionGround ground, string? reason, Actor actor, CancellationToken cancellationToken) =>
        !actor.May(Permission.Redact) ? Forbidden(actor)
        : await posts.FindAsync(post, cancellationToken) is { } row
            ? await store.AskAsync(new RedactionWish(new RedactionTarget.Post(AccountKey.Parse(row.Account), new PostId(post)), ground, reason), actor, cancellationToken)
            : new RedactionAnswer(null, RedactionRefusals.Of("post-unknown"));

    /// <inheritdoc/>
    public async Task<RedactionAnswer> AskEntryAsync(string stream, long number, RedactionGround ground, string? reason, Actor actor, CancellationToken cancellationToken) =>
        !actor.May(Permission.Redact) ? Forbidden(actor)
        : stream.Length > LongestStream || !StorableText.Fits(stream) ? new RedactionAnswer(null, RedactionRefusals.Of("entry-unknown"))
        : await store.AskAsync(new RedactionWish(new RedactionTarget.Entry(stream, number), ground, reason), actor, cancellationToken);

    /// <inheritdoc/>
    public async Task<RedactionAnswer> ConfirmAsync(string id, Actor actor, Guid operationId, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } known)
        {
            return new RedactionAnswer(null, actor.May(Permission.ConfirmRedaction) ? RedactionRefusals.Of("redaction-unknown") : RedactionRules.Answer(actor.Id, true, actor));
        }

        if (RedactionRules.Answer(known.AskedBy, true, actor) is { } refusal)
        {
            return new RedactionAnswer(null, refusal);
        }

        if (known.Target is not RedactionTarget.Post post)
        {
            return await store.EraseEntryAsync(id, actor, cancellationToken);
        }

        var answer = await calls.AskAsync(post.Account, grain => grain.Redact(post.Id, id, new CommandContext(operationId, actor)), cancellationToken);
        return answer.Refusal is { } no ? new RedactionAnswer(null, no) : new RedactionAnswer(await store.FindAsync(id, cancellationToken), null);
    }

    /// <inheritdoc/>
    public async Task<RedactionAnswer> DeclineAsync(string id, string? words, Actor actor, CancellationToken cancellationToken) =>
        !actor.May(Permission.ConfirmRedaction) ? new RedactionAnswer(null, RedactionRules.Answer("", false, actor))
        : PostRules.CheckReason(words, "Declining needs a reason. Nothing was changed. Say why in a few words; whoever asked reads it.") is { } unfit ? new RedactionAnswer(null, unfit)
        : !IsId(id) ? new RedactionAnswer(null, RedactionRefusals.Of("redaction-unknown"))
        : await store.DeclineAsync(id, words!.Trim(), actor, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Redaction>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(Shown, cancellationToken);

    /// <inheritdoc/>
    public async Task<Redaction?> FindAsync(string id, CancellationToken cancellationToken) => IsId(id) ? await store.FindAsync(id, cancellationToken) : null;

    // What a caller sends is looked at before the database sees it.
    private static bool IsId(string id) => id is { Length: > 2 and <= 20 } && id.StartsWith("R-", StringComparison.Ordinal) && id[2..].All(char.IsAsciiDigit);

    private static RedactionAnswer Forbidden(Actor actor) => new(null, RedactionRules.Ask(new RedactionWish(new RedactionTarget.Entry("", 0), default, null), actor));
}

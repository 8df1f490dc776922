using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Domain.Posts;

namespace Coordination.Storage.Accounts;

/// <summary>One command's commit on an account, beside its state row.</summary>
/// <param name="Key">The account.</param>
/// <param name="Version">The state row's new version.</param>
/// <param name="State">The account after the events.</param>
/// <param name="Events">What happened, in order.</param>
/// <param name="Actor">Who caused it.</param>
/// <param name="Operation">The operation behind it; null for the service's own work.</param>
/// <param name="Guard">Posts that must have no open permit (FENCE.md rule 8).</param>
/// <param name="Permits">Permits that this closes.</param>
/// <param name="Redaction">The redaction that this carries out; null for every other command.</param>
public sealed record AccountCommit(
    AccountKey Key,
    long Version,
    AccountState State,
    IReadOnlyList<AccountEvent> Events,
    Actor Actor,
    Operation? Operation = null,
    IReadOnlyList<PostId>? Guard = null,
    IReadOnlyList<PermitClosing>? Permits = null,
    string? Redaction = null);

/// <summary>A wish of a person that may be repeated: its id, and a fingerprint of its content.</summary>
/// <param name="Id">Unique for each wish.</param>
/// <param name="Fingerprint">SHA-256 of the content.</param>
public sealed record Operation(Guid Id, byte[] Fingerprint);

/// <summary>The end of a permit.</summary>
/// <param name="PermitId">The permit.</param>
/// <param name="Token">The holder's proof; needed for <c>not-sent</c> (FENCE.md rule 10).</param>
/// <param name="Outcome"><c>sent</c>, <c>not-sent</c> or <c>unknown</c>.</param>
public sealed record PermitClosing(Guid PermitId, Guid? Token, string Outcome);

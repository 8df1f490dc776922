using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Storage.Register;

namespace Coordination.Dashboard.Register;

/// <summary>Where a register file becomes accounts (order 01/25, 2.1: the centrally held record).</summary>
public interface IRegisterDesk
{
    /// <summary>Says what importing the file would do, and changes nothing.</summary>
    Task<RegisterAnswer> CheckAsync(ReadOnlyMemory<byte> file, Actor actor, CancellationToken cancellationToken);

    /// <summary>Imports the file: every row of it, or none when a row cannot be read. Each row then answers for itself.</summary>
    /// <remarks>Repeat with the same <paramref name="operationId"/> when rows are not known yet: nothing is done twice.</remarks>
    Task<RegisterAnswer> ImportAsync(ReadOnlyMemory<byte> file, Actor actor, Guid operationId, CancellationToken cancellationToken);
}

/// <summary>What came of a register file.</summary>
public abstract record RegisterAnswer
{
    private RegisterAnswer()
    {
    }

    /// <summary>The file was read; each of its rows answers for itself.</summary>
    public sealed record Answered(IReadOnlyList<RowAnswer> Rows) : RegisterAnswer
    {
        /// <summary>How many rows ended so.</summary>
        public int Count(RowResult result) => Rows.Count(row => row.Result == result);
    }

    /// <summary>The file has faults; nothing of it was imported.</summary>
    /// <param name="Faults">What is wrong, in the order of the lines.</param>
    /// <param name="More">Faults beyond those.</param>
    public sealed record Invalid(IReadOnlyList<RegisterFault> Faults, int More) : RegisterAnswer;

    /// <summary>The file was not looked at.</summary>
    public sealed record Refused(Refusal Why) : RegisterAnswer;
}

/// <summary>What became, or would become, of one row.</summary>
/// <param name="Account">The account.</param>
/// <param name="Result">What became of it.</param>
/// <param name="Changes">What of a registered account differs: <c>approval</c>, <c>labels</c>, <c>contact</c>, <c>name</c>; empty for other results.</param>
/// <param name="Refusal">Why it was refused; null for other results.</param>
public sealed record RowAnswer(AccountKey Account, RowResult Result, IReadOnlyList<string> Changes, Refusal? Refusal);

/// <summary>The ends of a row.</summary>
public enum RowResult
{
    /// <summary>A new account, approved.</summary>
    Registered,

    /// <summary>The account was registered, and now is as the row says.</summary>
    Changed,

    /// <summary>The account is as the row says.</summary>
    Unchanged,

    /// <summary>Nothing of this row is known to have been taken, for the reason given.</summary>
    Refused,
}

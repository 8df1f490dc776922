namespace Coordination.Storage.Verification;

/// <summary>What recomputing everything from the journal showed, as of one moment.</summary>
/// <param name="AsOf">The moment, by the database's clock (UTC): all of it was read as it was then.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Entries">Journal entries read.</param>
/// <param name="Checks">Each check, in the order of <see cref="CheckKind"/>.</param>
public sealed record VerificationReport(DateTimeOffset AsOf, TimeSpan Elapsed, long Entries, IReadOnlyList<VerificationCheck> Checks)
{
    /// <summary>Whether no check found a difference.</summary>
    public bool Agrees => Checks.All(c => c.Found == 0);

    /// <summary>How many differences were found, those that are only counted included.</summary>
    public long Found => Checks.Sum(c => c.Found);
}

/// <summary>One check and what it found.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Looked">How many things it looked at; what they are is in <see cref="CheckKinds.Unit"/>.</param>
/// <param name="Found">How many differences it found.</param>
/// <param name="Differences">The first of them, at most <see cref="Kept"/>.</param>
/// <param name="Notes">What is no fault and worth knowing: what could not be compared and why, receipts that are still awaited.</param>
public sealed record VerificationCheck(
    CheckKind Kind, long Looked, long Found, IReadOnlyList<Difference> Differences, IReadOnlyList<string> Notes)
{
    /// <summary>Most differences that are told one by one; the rest is counted.</summary>
    public const int Kept = 200;

    /// <summary>Most notes that are told one by one.</summary>
    public const int NotesKept = 20;
}

/// <summary>Something that is not as the journal has it.</summary>
/// <param name="Stream">The journal's stream it belongs to, such as <c>account/x/...</c> or <c>hold/H-...</c>; empty when there is none.</param>
/// <param name="Number">The entry's number in its stream, where one entry is meant.</param>
/// <param name="Sequence">The fence's sequence number, where one is meant.</param>
/// <param name="Words">What is wrong: what was expected and what was found. Never the text of a post.</param>
public sealed record Difference(string Stream, long? Number, long? Sequence, string Words)
{
    /// <summary>In one line: where, then what.</summary>
    public override string ToString() => Stream.Length == 0 ? Words : $"{Stream}{At}: {Words}";

    private string At => (Number, Sequence) switch
    {
        ({ } number, _) => FormattableString.Invariant($" entry {number}"),
        (_, { } sequence) => FormattableString.Invariant($" sequence {sequence}"),
        _ => "",
    };
}

/// <summary>How far a run is.</summary>
/// <param name="Entries">Journal entries read.</param>
/// <param name="Of">About how many there are, by the database's own estimate; 0 when it has none.</param>
public sealed record VerificationProgress(long Entries, long Of);

/// <summary>It could not be checked: the message says why and what to do. Nothing is known either way.</summary>
public sealed class VerificationException : Exception
{
    /// <summary>Makes one without words.</summary>
    public VerificationException()
    {
    }

    /// <summary>Makes one.</summary>
    public VerificationException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with its cause.</summary>
    public VerificationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

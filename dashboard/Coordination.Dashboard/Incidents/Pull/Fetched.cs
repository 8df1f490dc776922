namespace Coordination.Dashboard.Incidents.Pull;

/// <summary>What a server calls its answer, to ask whether it has changed.</summary>
/// <param name="ETag">Its tag.</param>
/// <param name="LastModified">When it was changed, in its own words.</param>
internal sealed record Validators(string? ETag, string? LastModified);

/// <summary>What came of asking for a document.</summary>
internal abstract record Fetched
{
    private Fetched()
    {
    }

    /// <summary>It came whole.</summary>
    /// <param name="Body">Its bytes.</param>
    /// <param name="MediaType">What the server calls them; null when it does not say.</param>
    /// <param name="Validators">What to ask with the next time.</param>
    /// <param name="From">Where it came from in the end.</param>
    /// <param name="MovedTo">The host that it has moved to for good, when a redirect said so.</param>
    public sealed record Whole(byte[] Body, string? MediaType, Validators Validators, Uri From, string? MovedTo) : Fetched;

    /// <summary>It is as it was.</summary>
    public sealed record Unchanged : Fetched;

    /// <summary>It did not come.</summary>
    /// <param name="Words">Why, for people.</param>
    /// <param name="RetryAfter">For how long the server wants to be left alone; null when it does not say.</param>
    /// <param name="Why">What kind of trouble it is.</param>
    public sealed record Failed(string Words, TimeSpan? RetryAfter, Trouble Why) : Fetched;
}

/// <summary>Kinds of trouble in fetching.</summary>
internal enum Trouble
{
    /// <summary>It may be over the next time.</summary>
    Passing,

    /// <summary>No answer came: others of this server would fare no better now.</summary>
    NoAnswer,

    /// <summary>Asking again would change nothing.</summary>
    Lasting,

    /// <summary>Its server says that it is gone for good.</summary>
    Gone,
}

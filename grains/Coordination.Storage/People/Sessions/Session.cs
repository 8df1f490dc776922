namespace Coordination.Storage.People.Sessions;

/// <summary>How somebody signed in.</summary>
public enum SignInWay
{
    /// <summary>By choosing a person of the demo.</summary>
    Demo,

    /// <summary>By the provider of the brigade's accounts.</summary>
    Provider,

    /// <summary>By a break-glass account.</summary>
    BreakGlass,
}

/// <summary>Why a person's own sign-in ends.</summary>
public enum SessionEnd
{
    /// <summary>They signed out in that browser.</summary>
    SignedOut,

    /// <summary>They ended it from another.</summary>
    ByPerson,
}

/// <summary>A sign-in to open.</summary>
/// <param name="StaffId">Whose.</param>
/// <param name="Way">How they signed in.</param>
/// <param name="Browser">What the browser says it is, at most <see cref="LongestBrowser"/> characters.</param>
/// <param name="Lasts">How long it lasts in all.</param>
/// <param name="AuthenticatedAt">When the provider says that they proved who they are (UTC); null when it does not say, and for the other ways, where that is now.</param>
/// <param name="Most">How many one person may have: of more, the one used least lately ends.</param>
public sealed record SessionWish(string StaffId, SignInWay Way, string Browser, TimeSpan Lasts, DateTimeOffset? AuthenticatedAt, int Most)
{
    /// <summary>The longest description of a browser.</summary>
    public const int LongestBrowser = 60;
}

/// <summary>A sign-in that was opened.</summary>
/// <param name="Id">Its id, which lets nobody in.</param>
/// <param name="EndsAt">When it ends in all (UTC).</param>
public sealed record SessionOpened(Guid Id, DateTimeOffset EndsAt);

/// <summary>An open sign-in, as requests ask for it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="StaffId">Whose it is.</param>
/// <param name="Way">How they signed in.</param>
/// <param name="EndsAt">When it ends in all (UTC).</param>
/// <param name="Left">How long it still lasted when it was asked for.</param>
/// <param name="Age">How long ago its person had proved who they are then; null when nobody knows.</param>
public sealed record SessionLook(Guid Id, string StaffId, SignInWay Way, DateTimeOffset EndsAt, TimeSpan Left, TimeSpan? Age);

/// <summary>An open sign-in, as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Way">How they signed in.</param>
/// <param name="Browser">What the browser says it is.</param>
/// <param name="SignedInAt">Since when (UTC).</param>
/// <param name="AuthenticatedAt">When they last proved who they are (UTC); null when nobody knows.</param>
/// <param name="LastSeenAt">When it was last used, to about a minute (UTC).</param>
/// <param name="EndsAt">When it ends in all (UTC).</param>
public sealed record SessionRow(Guid Id, SignInWay Way, string Browser, DateTimeOffset SignedInAt, DateTimeOffset? AuthenticatedAt, DateTimeOffset LastSeenAt, DateTimeOffset EndsAt);

/// <summary>What became of the wish to end another person's sign-ins.</summary>
public enum SessionsEnded
{
    /// <summary>All of them have ended.</summary>
    Done,

    /// <summary>There was none.</summary>
    None,

    /// <summary>They are one's own: those are ended on one's own page.</summary>
    Own,

    /// <summary>There is nobody with that id.</summary>
    Unknown,

    /// <summary>Whoever wished it is not what their sign-in says any more.</summary>
    ActorGone,
}

/// <summary>What is looked for in the record of sign-ins; null narrows nothing.</summary>
/// <param name="StaffIds">Whose.</param>
/// <param name="From">From when on.</param>
/// <param name="To">Before when.</param>
public sealed record SignInQuery(IReadOnlyCollection<string>? StaffIds, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>One entry of the record of sign-ins.</summary>
/// <param name="Id">Its number.</param>
/// <param name="At">When (UTC).</param>
/// <param name="What"><c>signed-in</c>, <c>refused</c> or <c>signed-out</c>.</param>
/// <param name="By">The provider, <c>break-glass</c> or <c>demo</c>; null where it is not said.</param>
/// <param name="StaffId">Who here; null when the person is nobody here.</param>
/// <param name="Name">Their name now; null when the person is nobody here.</param>
/// <param name="Why">Why they were refused or signed out, or what they proved themselves by; null where it is not said.</param>
public sealed record SignInEntry(long Id, DateTimeOffset At, string What, string? By, string? StaffId, string? Name, string? Why);

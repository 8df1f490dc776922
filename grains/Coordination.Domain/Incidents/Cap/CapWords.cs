namespace Coordination.Domain.Incidents.Cap;

// The members bear the standard's own spelling: the parser reads them by name.

/// <summary>How a message is meant to be handled (CAP 1.2, <c>status</c>).</summary>
public enum CapStatus
{
    /// <summary>By all who receive it.</summary>
    Actual,

    /// <summary>By the participants of an exercise.</summary>
    Exercise,

    /// <summary>By the alerting network itself.</summary>
    System,

    /// <summary>By nobody: a technical test.</summary>
    Test,

    /// <summary>By nobody: not finished.</summary>
    Draft,
}

/// <summary>What a message does (CAP 1.2, <c>msgType</c>).</summary>
public enum CapMsgType
{
    /// <summary>Tells something new.</summary>
    Alert,

    /// <summary>Replaces earlier messages.</summary>
    Update,

    /// <summary>Takes earlier messages back.</summary>
    Cancel,

    /// <summary>Acknowledges earlier messages.</summary>
    Ack,

    /// <summary>Rejects earlier messages.</summary>
    Error,
}

/// <summary>For whom a message is (CAP 1.2, <c>scope</c>).</summary>
public enum CapScope
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>Those who need to know, by <c>restriction</c>.</summary>
    Restricted,

    /// <summary>The named addresses.</summary>
    Private,
}

/// <summary>What to do (CAP 1.2, <c>responseType</c>).</summary>
public enum CapResponseType
{
    /// <summary>Take shelter.</summary>
    Shelter,

    /// <summary>Leave the place.</summary>
    Evacuate,

    /// <summary>Make preparations.</summary>
    Prepare,

    /// <summary>Do what was planned.</summary>
    Execute,

    /// <summary>Keep away.</summary>
    Avoid,

    /// <summary>Watch the news.</summary>
    Monitor,

    /// <summary>Evaluate.</summary>
    Assess,

    /// <summary>The danger is over.</summary>
    AllClear,

    /// <summary>Nothing.</summary>
    None,
}

/// <summary>Kind of event (CAP 1.2, <c>category</c>).</summary>
public enum CapCategory
{
    /// <summary>Geophysical.</summary>
    Geo,

    /// <summary>Weather and floods.</summary>
    Met,

    /// <summary>Public safety.</summary>
    Safety,

    /// <summary>Law enforcement, military, security.</summary>
    Security,

    /// <summary>Rescue.</summary>
    Rescue,

    /// <summary>Fire.</summary>
    Fire,

    /// <summary>Health.</summary>
    Health,

    /// <summary>Environment.</summary>
    Env,

    /// <summary>Transport.</summary>
    Transport,

    /// <summary>Utilities and infrastructure.</summary>
    Infra,

    /// <summary>Chemical, biological, radiological, nuclear, explosive.</summary>
    CBRNE,

    /// <summary>Another.</summary>
    Other,
}

/// <summary>How soon to act (CAP 1.2, <c>urgency</c>).</summary>
public enum CapUrgency
{
    /// <summary>At once.</summary>
    Immediate,

    /// <summary>Within the next hour.</summary>
    Expected,

    /// <summary>In the near future.</summary>
    Future,

    /// <summary>No longer.</summary>
    Past,

    /// <summary>Not known.</summary>
    Unknown,
}

/// <summary>How bad (CAP 1.2, <c>severity</c>).</summary>
public enum CapSeverity
{
    /// <summary>Extraordinary threat to life or property.</summary>
    Extreme,

    /// <summary>Significant threat.</summary>
    Severe,

    /// <summary>Possible threat.</summary>
    Moderate,

    /// <summary>Little threat.</summary>
    Minor,

    /// <summary>Not known.</summary>
    Unknown,
}

/// <summary>How sure (CAP 1.2, <c>certainty</c>).</summary>
public enum CapCertainty
{
    /// <summary>Happened or going on.</summary>
    Observed,

    /// <summary>More likely than not.</summary>
    Likely,

    /// <summary>Possible but not likely.</summary>
    Possible,

    /// <summary>Not expected.</summary>
    Unlikely,

    /// <summary>Not known.</summary>
    Unknown,
}

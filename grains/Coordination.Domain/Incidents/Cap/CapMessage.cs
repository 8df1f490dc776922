using Coordination.Domain.Brigade;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>A message of the Common Alerting Protocol 1.2 (OASIS, 1 July 2010), whole and valid: only the parser makes one.</summary>
/// <param name="Reference">Who sent what when: the message's identity (section 3.2.1).</param>
/// <param name="Status">How it is meant to be handled.</param>
/// <param name="MsgType">What it does.</param>
/// <param name="Scope">For whom it is.</param>
/// <param name="Source">Operator or device that made it.</param>
/// <param name="Note">Purpose of the message, above all of an exercise or a rejection.</param>
/// <param name="References">Earlier messages that this one is about; empty for a first one.</param>
/// <param name="Incidents">Names of incidents it belongs to.</param>
/// <param name="Infos">What it says, one block for each language or severity; may be empty.</param>
/// <param name="Digest">SHA-256 of the bytes as received, lower-case hex: tells a repeat from a different message under the same identity.</param>
public sealed record CapMessage(
    CapReference Reference,
    CapStatus Status,
    CapMsgType MsgType,
    CapScope Scope,
    string? Source,
    string? Note,
    IReadOnlyList<CapReference> References,
    string? Incidents,
    IReadOnlyList<CapInfo> Infos,
    string Digest)
{
    /// <summary>The sender's name for the message.</summary>
    public string Identifier => Reference.Identifier;

    /// <summary>Who sent it.</summary>
    public string Sender => Reference.Sender;

    /// <summary>When it was sent.</summary>
    public DateTimeOffset Sent => Reference.Sent;
}

/// <summary>The identity of a message: <c>sender,identifier,sent</c>. Times are compared as instants.</summary>
/// <param name="Sender">Who sent it, compared exactly.</param>
/// <param name="Identifier">The sender's name for it, compared exactly.</param>
/// <param name="Sent">When.</param>
public sealed record CapReference(string Sender, string Identifier, DateTimeOffset Sent);

/// <summary>What a message says, in one language.</summary>
/// <param name="Language">RFC 3066 tag; <c>en-US</c> when the message names none.</param>
/// <param name="Event">Kind of event, in words.</param>
/// <param name="Urgency">How soon to act.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Certainty">How sure.</param>
/// <param name="EventCodes">System-specific codes of the event.</param>
/// <param name="Effective">From when the information counts.</param>
/// <param name="Onset">When the event is expected to begin.</param>
/// <param name="Expires">Until when the information counts.</param>
/// <param name="SenderName">The sender as people call it.</param>
/// <param name="Headline">One line.</param>
/// <param name="Description">More lines.</param>
/// <param name="Areas">Where.</param>
public sealed record CapInfo(
    string Language,
    string Event,
    CapUrgency Urgency,
    CapSeverity Severity,
    CapCertainty Certainty,
    IReadOnlyList<CapNamedValue> EventCodes,
    DateTimeOffset? Effective,
    DateTimeOffset? Onset,
    DateTimeOffset? Expires,
    string? SenderName,
    string? Headline,
    string? Description,
    IReadOnlyList<CapArea> Areas);

/// <summary>Where an event is.</summary>
/// <param name="Description">In words; never matched on.</param>
/// <param name="Polygons">Shapes.</param>
/// <param name="Circles">Circles.</param>
/// <param name="Geocodes">Codes of places.</param>
public sealed record CapArea(
    string Description,
    IReadOnlyList<GeoPolygon> Polygons,
    IReadOnlyList<GeoCircle> Circles,
    IReadOnlyList<CapNamedValue> Geocodes);

/// <summary>A value of a list that the sender names.</summary>
/// <param name="Name">Which list (<c>valueName</c>).</param>
/// <param name="Value">The value.</param>
public sealed record CapNamedValue(string Name, string Value);

using System.Security.Cryptography;
using System.Text;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Reports;
using Coordination.Domain.Posts;

namespace Coordination.Domain.Incidents.Cap;

/// <summary>What a message says, as reports of an incident: the one form that the rule book knows.</summary>
/// <remarks>
/// The messages of one sender's chain are one incident. Its number is the identifier of the first one; where that one is not known yet, the links of the others join them.
/// A message of another sender that is named is linked, and stays as it is: who may send may neither change nor end what somebody else said.
/// </remarks>
public static class CapReports
{
    /// <summary>What stands before the sender where sources are told apart: no system and no person is called so.</summary>
    public const string SourcePrefix = "cap:";

    private const int SentScale = 1000;

    /// <summary>The id of a message's source.</summary>
    public static string SourceOf(CapMessage message) => SourcePrefix + message.Sender;

    /// <summary>The parts of a message that still count: one for each level, because a rule may be about one and not about another. What is not doubtful comes first, the worst of it before the rest.</summary>
    internal static IReadOnlyList<CapPart> PartsOf(
        CapMessage message, IReadOnlyList<(CapInfo Info, string? Doubt)> current, CapIntakePolicy policy, BrigadeMap map, IReadOnlyList<SeenMessage> chain) =>
    [
        .. from info in current
           group info by (info.Info.Severity, info.Info.Urgency, info.Info.Certainty) into level
           let doubt = level.Select(i => i.Doubt).FirstOrDefault(d => d is not null)
           orderby doubt is not null, level.Key
           select PartOf(message, level.Key, [.. level.Select(i => i.Info)], policy, map, chain) with { Doubt = doubt },
    ];

    /// <summary>That the alert counts no more: without its words, of which no rule shall make anything.</summary>
    internal static IncidentReport EndOf(CapMessage message, IReadOnlyList<SeenMessage> chain) => Head(message, chain) with { Status = IncidentStatus.Closed };

    private static CapPart PartOf(
        CapMessage message,
        (CapSeverity Severity, CapUrgency Urgency, CapCertainty Certainty) level,
        IReadOnlyList<CapInfo> infos,
        CapIntakePolicy policy,
        BrigadeMap map,
        IReadOnlyList<SeenMessage> chain)
    {
        var places = CapPlaces.Find(infos, policy, map);
        DateTimeOffset? expires = infos.Any(i => i.Expires is null) ? null : infos.Max(i => i.Expires!.Value.ToUniversalTime());
        var alert = new AlertLevel(level.Severity, level.Urgency, level.Certainty, expires is { } at && IsWithin(at) ? at : null);
        var report = Head(message, chain) with
        {
            TypeAtCall = Line(infos[0].Event, IncidentReportLimits.Name) ?? "Alert",
            Headline = Line(infos[0].Headline, IncidentReportLimits.Headline),
            Alert = alert.IsUnknown ? null : alert,
            Position = CentreOf(infos),
            Place = Line(string.Join("; ", infos.SelectMany(i => i.Areas).Select(a => a.Description).Distinct(StringComparer.Ordinal)), IncidentReportLimits.Place),
            Areas = places.AreaIds.Count == 0 ? null : places.AreaIds,
        };
        return new CapPart(report, places.Unclear, Doubt: null);
    }

    private static IncidentReport Head(CapMessage message, IReadOnlyList<SeenMessage> chain)
    {
        var number = NumberOf(message, chain);
        var named = (message.Incidents ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(IncidentReportReader.IsNumber);
        string[] links = [.. message.References.Prepend(message.Reference).Select(NumberOf).Concat(named).Where(n => !string.Equals(n, number, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Take(IncidentReportLimits.Links)];
        return new IncidentReport
        {
            Number = number,

            // Whole seconds alone would make an alert and its update of the same second one revision.
            Revision = (message.Sent.ToUnixTimeSeconds() * SentScale) + Math.Min(message.References.Count, SentScale - 1),
            ReportedAt = message.Sent.ToUniversalTime(),
            Exercise = message.Status is not CapStatus.Actual,
            Status = IncidentStatus.Open,
            TypeAtCall = "Alert that is over",
            LinkedTo = links.Length == 0 ? null : links,
        };
    }

    private static string NumberOf(CapMessage message, IReadOnlyList<SeenMessage> chain) => NumberOf(
        chain.SelectMany(m => m.References.Prepend(m.Reference)).Concat(message.References).Prepend(message.Reference)
            .Where(r => string.Equals(r.Sender, message.Sender, StringComparison.Ordinal))
            .OrderBy(r => r.Sent).ThenBy(r => r.Sender, StringComparer.Ordinal).ThenBy(r => r.Identifier, StringComparer.Ordinal).First());

    private static string NumberOf(CapReference reference) => IncidentReportReader.IsNumber(reference.Identifier)
        ? reference.Identifier
        : "cap-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{reference.Sender}\n{reference.Identifier}")))[..16];

    /// <summary>Whether a report may name the time.</summary>
    internal static bool IsWithin(DateTimeOffset time) => time >= IncidentReportLimits.Earliest && time < IncidentReportLimits.Latest;

    // A polygon has no one place that would be right; a lone circle has.
    private static GeoPoint? CentreOf(IReadOnlyList<CapInfo> infos)
    {
        CapArea[] areas = [.. infos.SelectMany(i => i.Areas)];
        GeoPoint[] centres = [.. areas.SelectMany(a => a.Circles).Select(c => c.Center).Distinct()];
        return centres.Length == 1 && areas.All(a => a.Polygons.Count == 0 && a.Geocodes.Count == 0) ? centres[0] : null;
    }

    private static string? Line(string? text, int longest)
    {
        if (text is null)
        {
            return null;
        }

        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => string.Concat(w.Where(c => !char.IsControl(c)))).Where(w => w.Length > 0);
        var line = StorableText.Clean(string.Join(' ', words), longest).Trim();
        return line.Length == 0 ? null : line;
    }
}

/// <summary>What a message says at one level.</summary>
/// <param name="Report">The same as a report.</param>
/// <param name="Unclear">Places that could not be told, in words.</param>
/// <param name="Doubt">Why a person decides what a rule would hold, in words; null when nothing speaks against it.</param>
public sealed record CapPart(IncidentReport Report, IReadOnlyList<string> Unclear, string? Doubt);

using System.Globalization;
using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>A condition while somebody edits it: what is typed is kept as it was typed, whole or not.</summary>
public sealed class ConditionEdit
{
    private const string Time = "HH:mm";

    /// <summary>What sort it is, by the id that is stored.</summary>
    public string Kind { get; set; } = "major-declared";

    /// <summary>Words, values, areas, stations or sources, separated by commas.</summary>
    public string Text { get; set; } = "";

    /// <summary>How many at least.</summary>
    public int? AtLeast { get; set; } = 1;

    /// <summary>Whose casualties, by name of <see cref="CasualtyKind"/>.</summary>
    public string Who { get; set; } = nameof(CasualtyKind.Fatal);

    /// <summary>The fact that has to be known, by name of <see cref="IncidentFact"/>.</summary>
    public string Fact { get; set; } = nameof(IncidentFact.Category);

    /// <summary>Degrees north.</summary>
    public double? Latitude { get; set; }

    /// <summary>Degrees east.</summary>
    public double? Longitude { get; set; }

    /// <summary>Kilometres.</summary>
    public double? Km { get; set; } = 5;

    /// <summary>A time on a wall in London.</summary>
    public string From { get; set; } = "22:00";

    /// <summary>A time on a wall in London.</summary>
    public string To { get; set; } = "07:00";

    /// <summary>The conditions in it.</summary>
    public List<ConditionEdit> Parts { get; } = [];

    /// <summary>Whether others stand in it.</summary>
    public bool IsGroup => Kind is "all" or "any" or "not";

    /// <summary>Whether it is typed as a list of words.</summary>
    public bool IsList => Kind is "type" or "keywords" or "category" or "priority" or "in-area" or "station-ground" or "source" or "severity" or "urgency" or "certainty";

    /// <summary>Whether a value is among those that are typed.</summary>
    public bool Has(string value) => Words().Contains(value, StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a value, or takes it out again.</summary>
    public void Toggle(string value) => Text = string.Join(", ", Has(value) ? Words().Where(w => !string.Equals(w, value, StringComparison.OrdinalIgnoreCase)) : Words().Append(value));

    /// <summary>Begins with a condition as it is.</summary>
    public static ConditionEdit Of(Condition condition)
    {
        var edit = new ConditionEdit();
        switch (condition)
        {
            case AllOf all:
                edit.Group("all", all.Of);
                break;
            case AnyOf any:
                edit.Group("any", any.Of);
                break;
            case NotOf not:
                edit.Group("not", [not.Of]);
                break;
            case IsKnown known:
                (edit.Kind, edit.Fact) = ("known", known.Fact.ToString());
                break;
            case TypeSays type:
                edit.List("type", type.Any);
                break;
            case KeywordsIn keywords:
                edit.List("keywords", keywords.Any);
                break;
            case CategoryIs category:
                edit.List("category", category.Values);
                break;
            case PriorityIs priority:
                edit.List("priority", priority.Values);
                break;
            case PumpsAtLeast pumps:
                (edit.Kind, edit.AtLeast) = ("pumps", pumps.AtLeast);
                break;
            case MajorDeclared:
                edit.Kind = "major-declared";
                break;
            case CasualtiesAtLeast casualties:
                (edit.Kind, edit.Who, edit.AtLeast) = ("casualties", casualties.Who.ToString(), casualties.AtLeast);
                break;
            case InArea area:
                edit.List("in-area", area.Areas);
                break;
            case WithinKm within:
                (edit.Kind, edit.Latitude, edit.Longitude, edit.Km) = ("within", within.Latitude, within.Longitude, within.Km);
                break;
            case OnStationGround ground:
                edit.List("station-ground", ground.Stations);
                break;
            case IsOverTheBorder:
                edit.Kind = "over-the-border";
                break;
            case FromSource source:
                edit.List("source", source.Ids);
                break;
            case AtTimeOfDay time:
                (edit.Kind, edit.From, edit.To) = ("time-of-day", Wall(time.From), Wall(time.To));
                break;
            case SeverityIs severity:
                edit.List("severity", severity.Values);
                break;
            case UrgencyIs urgency:
                edit.List("urgency", urgency.Values);
                break;
            case CertaintyIs certainty:
                edit.List("certainty", certainty.Values);
                break;
            default:
                throw new InvalidOperationException($"No way to edit a {condition.GetType().Name}.");
        }

        return edit;
    }

    /// <summary>The condition as it was typed. What is missing is not made up: the check of the rules says what.</summary>
    public Condition ToCondition() => Kind switch
    {
        "all" => new AllOf([.. Parts.Select(p => p.ToCondition())]),
        "any" => new AnyOf([.. Parts.Select(p => p.ToCondition())]),
        // Of nothing: a group that has to be filled, which the check says.
        "not" => new NotOf(Parts.Count == 1 ? Parts[0].ToCondition() : new AnyOf([.. Parts.Select(p => p.ToCondition())])),
        "known" => new IsKnown(Enum.TryParse<IncidentFact>(Fact, out var fact) ? fact : IncidentFact.Category),
        "type" => new TypeSays(Words()),
        "keywords" => new KeywordsIn(Words()),
        "category" => new CategoryIs(Words()),
        "priority" => new PriorityIs(Words()),
        "pumps" => new PumpsAtLeast(AtLeast ?? 0),
        "casualties" => new CasualtiesAtLeast(Enum.TryParse<CasualtyKind>(Who, out var who) ? who : CasualtyKind.Fatal, AtLeast ?? 0),
        "in-area" => new InArea(Words()),
        "within" => new WithinKm(Latitude ?? 0, Longitude ?? 0, Km ?? 0),
        "station-ground" => new OnStationGround(Words()),
        "over-the-border" => new IsOverTheBorder(),
        "source" => new FromSource(Words()),
        "time-of-day" => new AtTimeOfDay(WallTime(From), WallTime(To)),
        "severity" => new SeverityIs(Words()),
        "urgency" => new UrgencyIs(Words()),
        "certainty" => new CertaintyIs(Words()),
        _ => new MajorDeclared(),
    };

    private string[] Words() => Text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private void Group(string kind, IReadOnlyList<Condition> parts)
    {
        Kind = kind;
        Parts.AddRange(parts.Select(Of));
    }

    private void List(string kind, IReadOnlyList<string> words) => (Kind, Text) = (kind, string.Join(", ", words));

    private static string Wall(TimeOnly time) => time.ToString(Time, CultureInfo.InvariantCulture);

    private static TimeOnly WallTime(string text) => TimeOnly.TryParseExact(text, Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : TimeOnly.MinValue;
}

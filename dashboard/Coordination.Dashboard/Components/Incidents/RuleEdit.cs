using System.Globalization;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents.Rules;

namespace Coordination.Dashboard.Components.Incidents;

/// <summary>A rule while somebody edits it.</summary>
public sealed class RuleEdit
{
    private const string Day = "yyyy-MM-dd";
    private Scope? _except;
    private string[] _exceptAreas = [];

    /// <summary>Its id; a new rule's follows from its name.</summary>
    public string Id { get; set; } = "";

    /// <summary>What it looks for, in a few words.</summary>
    public string Name { get; set; } = "";

    /// <summary>When it is true.</summary>
    public ConditionEdit When { get; private init; } = new();

    /// <summary>The kind of hold, by its id.</summary>
    public string Kind { get; set; } = HoldKind.CentralCoordination.Id();

    /// <summary>How far it reaches, by name of <see cref="RuleReach"/>.</summary>
    public string Reach { get; set; } = nameof(RuleReach.IncidentArea);

    /// <summary>Kilometres around the incident.</summary>
    public double? Km { get; set; } = 5;

    /// <summary>Areas that it leaves out, separated by commas.</summary>
    public string ExceptAreas { get; set; } = "";

    /// <summary>At once, proposed or told, by name of <see cref="RuleMode"/>.</summary>
    public string Mode { get; set; } = nameof(RuleMode.Propose);

    /// <summary>How long there is to object.</summary>
    public int? VetoSeconds { get; set; } = 120;

    /// <summary>Staff ids of who may publish under it, separated by commas.</summary>
    public string Posters { get; set; } = "";

    /// <summary>What is said while nothing more is known.</summary>
    public string Statement { get; set; } = "";

    /// <summary>How long it rests for an incident after a person ended its hold.</summary>
    public int? CoolDownMinutes { get; set; } = 720;

    /// <summary>1 is looked at first.</summary>
    public int? Priority { get; set; }

    /// <summary>Who answers for it.</summary>
    public string Owner { get; set; } = "Corporate Communications";

    /// <summary>Why there is such a rule.</summary>
    public string Reason { get; set; } = "";

    /// <summary>When it is looked at again, as a date field takes it.</summary>
    public string ReviewBy { get; set; } = "";

    /// <summary>Whether it decides.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Begins with a rule as it is.</summary>
    public static RuleEdit Of(IncidentRule rule)
    {
        var except = rule.Then.Scope.Except;
        string[] areas = [.. except?.Areas ?? []];
        return new RuleEdit
        {
            _except = except,
            _exceptAreas = areas,
            Id = rule.Id,
            Name = rule.Name,
            When = ConditionEdit.Of(rule.When),
            Kind = rule.Then.Kind.Id(),
            Reach = rule.Then.Scope.Reach.ToString(),
            Km = rule.Then.Scope.Km ?? 5,
            ExceptAreas = string.Join(", ", areas),
            Mode = rule.Then.Mode.ToString(),
            VetoSeconds = rule.Then.VetoSeconds == 0 ? 120 : rule.Then.VetoSeconds,
            Posters = string.Join(", ", rule.Then.NamedPosters),
            Statement = rule.Then.HoldingStatement ?? "",
            CoolDownMinutes = rule.CoolDownMinutes,
            Priority = rule.Priority,
            Owner = rule.Owner,
            Reason = rule.Reason,
            ReviewBy = rule.ReviewBy.ToString(Day, CultureInfo.InvariantCulture),
            Enabled = rule.Enabled,
        };
    }

    /// <summary>The rule as it was typed. What is missing is not made up: the check of the rules says what.</summary>
    public IncidentRule ToRule()
    {
        var reach = Enum.TryParse<RuleReach>(Reach, out var r) ? r : RuleReach.IncidentArea;
        var mode = Enum.TryParse<RuleMode>(Mode, out var m) ? m : RuleMode.Propose;
        return new IncidentRule
        {
            Id = Id.Length > 0 ? Id : SlugOf(Name),
            Name = Name.Trim(),
            When = When.ToCondition(),
            Then = new RuleEffect
            {
                Kind = HoldKinds.TryParse(Kind, out var kind) ? kind : HoldKind.CentralCoordination,
                Scope = new ScopeTemplate(reach, reach == RuleReach.StationsWithin ? Km : null, Except()),
                Mode = mode,
                NamedPosters = List(Posters),
                HoldingStatement = string.IsNullOrWhiteSpace(Statement) ? null : Statement.Trim(),
                VetoSeconds = mode == RuleMode.Propose ? VetoSeconds ?? 0 : 0,
            },
            CoolDownMinutes = CoolDownMinutes ?? 0,
            Priority = Priority ?? 0,
            Owner = Owner.Trim(),
            Reason = Reason.Trim(),
            ReviewBy = DateOnly.TryParseExact(ReviewBy, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : default,
            Enabled = Enabled,
        };
    }

    // Whatever else an exception names, by way of the API, stays as it was.
    private Scope? Except()
    {
        var areas = List(ExceptAreas);
        if (areas.SequenceEqual(_exceptAreas, StringComparer.Ordinal))
        {
            return _except;
        }

        var scope = (_except ?? new Scope()) with { Areas = areas.Length == 0 ? null : areas };
        return scope.IsEmpty ? null : scope;
    }

    private static string[] List(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string SlugOf(string name) =>
        string.Join('-', new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Cap;
using Coordination.Domain.Tests.Brigade;
using CsCheck;

namespace Coordination.Domain.Tests.Incidents.Reports;

/// <summary>Valid reports of many forms.</summary>
internal static class ReportGen
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> s_number = Gen.OneOf("1", "2026-000123", "A/b_c.d-1", new string('9', 64));

    private static readonly Gen<string> s_text = Gen.OneOf("a", "Fire - house", "Fire & <rescue> \"quoted\" \\", "Ünïcode \U0001F525", new string('x', 60));

    private static readonly Gen<string?> s_maybe = s_text.Null();

    private static readonly Gen<DateTimeOffset> s_time =
        from minutes in Gen.Int[0, 5_000]
        from microseconds in Gen.OneOf(0, 1, 250_000, 999_999)
        select s_start.AddMinutes(minutes).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private static readonly Gen<Casualties> s_casualties =
        from injured in Gen.Int[0, 100_000].Nullable()
        from fatal in Gen.Int[0, 50].Nullable()
        from staff in Gen.Int[0, 50].Nullable()
        select new Casualties(injured, fatal, staff > fatal ? fatal : staff);

    private static readonly Gen<MajorIncident> s_major =
        from declared in s_time
        from who in s_maybe
        from lasted in Gen.Int[0, 1_000].Nullable()
        from fields in s_maybe.Array[6]
        select new MajorIncident
        {
            DeclaredAt = declared,
            DeclaredBy = who,
            StoodDownAt = lasted is { } minutes ? declared.AddMinutes(minutes) : null,
            ExactLocation = fields[0],
            TypeOfIncident = fields[1],
            Hazards = fields[2],
            Access = fields[3],
            NumberOfCasualties = fields[4],
            EmergencyServices = fields[5],
        };

    private static readonly Gen<AlertLevel> s_alert =
        from severity in Gen.Enum<CapSeverity>()
        from urgency in Gen.Enum<CapUrgency>()
        from certainty in Gen.OneOf(CapCertainty.Observed, CapCertainty.Likely, CapCertainty.Possible, CapCertainty.Unlikely)
        from expires in s_time.Nullable()
        select new AlertLevel(severity, urgency, certainty, expires);

    private static readonly Gen<GeoPoint> s_position =
        from latitude in Gen.OneOf(-90, -0.0, 1e-7, 52.4352, 90)
        from longitude in Gen.OneOf(-180, -1.4975, 0, 180)
        select DemoMap.Point(latitude, longitude);

    private static readonly Gen<IncidentReport> s_head =
        from number in s_number
        from revision in Gen.OneOf(1, 2, 17, (1L << 53) - 1)
        from reported in s_time
        from exercise in Gen.Bool
        from status in Gen.Enum<IncidentStatus>()
        from type in s_text
        select new IncidentReport { Number = number, Revision = revision, ReportedAt = reported, Exercise = exercise, Status = status, TypeAtCall = type };

    /// <summary>A valid report.</summary>
    public static Gen<IncidentReport> Report { get; } =
        from head in s_head
        from texts in s_maybe.Array[7]
        from opened in Gen.Int[-1_440, 1_440].Nullable()
        from pumps in Gen.Int[0, 500].Nullable()
        from casualties in s_casualties.Null()
        from major in s_major.Null()
        from alert in s_alert.Null()
        from position in s_position.Nullable()
        from areas in s_text.Array[0, 20].Null()
        from over in Gen.Bool.Nullable()
        from links in s_number.Array[0, 50].Null()
        from same in s_number.Null()
        select head with
        {
            TypeAtStop = texts[0],
            Category = texts[1],
            Priority = texts[2],
            Headline = texts[3],
            Alert = alert,
            Place = texts[4],
            StationGround = texts[5],
            LeadAgency = texts[6],
            OpenedAt = opened is { } minutes ? head.ReportedAt.AddMinutes(minutes) : null,
            Pumps = pumps,
            Casualties = casualties,
            Major = major,
            Position = position,
            Areas = areas,
            OverTheBorder = over,
            LinkedTo = links,
            DuplicateOf = string.Equals(same, head.Number, StringComparison.Ordinal) ? null : same,
        };
}

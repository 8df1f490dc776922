using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.Platforms;

namespace Coordination.Storage.Register;

/// <summary>One account of a register file.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Labels">What holds match it on; the area of a station's account is the station's.</param>
/// <param name="DisplayName">Its name as people read it.</param>
/// <param name="Contact">Whom Comms can reach about it.</param>
public sealed record RegisterRow(AccountKey Key, AccountLabels Labels, string DisplayName, NamedContact Contact);

/// <summary>
/// Reads the register of accounts from a CSV file with the columns
/// <c>platform,handle,kind,area,station,department,display_name,contact_name,contact_email,contact_phone</c> and, where wanted,
/// <c>deputy_name</c>: every row, or none and every fault by its line.
/// </summary>
public static class RegisterFile
{
    private static readonly string[] s_columns =
    [
        "platform", "handle", "kind", "area", "station", "department", "display_name", "contact_name", "contact_email", "contact_phone",
    ];

    /// <summary>Reads the register.</summary>
    /// <param name="bytes">The file, UTF-8.</param>
    /// <param name="map">Areas, stations and departments that the rows may name.</param>
    public static RegisterReading<IReadOnlyList<RegisterRow>> Read(ReadOnlyMemory<byte> bytes, BrigadeMap map)
    {
        var faults = new FaultList();
        var rows = new List<RegisterRow>();
        var lines = new Dictionary<AccountKey, int>();
        foreach (var line in new CsvTable(faults).Read(bytes, s_columns, "deputy_name"))
        {
            var before = faults.Count;
            var key = ReadKey(line, faults);
            var labels = ReadLabels(line, map, faults);
            var name = ReadName(line, "display_name", faults);
            var contact = ReadContact(line, faults);
            if (key is { } known && !lines.TryAdd(known, line.Number))
            {
                faults.Add(line.Number, "handle", $"account '{known}' is on line {lines[known]} already");
            }

            if (faults.Count == before)
            {
                rows.Add(new RegisterRow(key!.Value, labels!, name, contact));
            }
        }

        return faults.Conclude<IReadOnlyList<RegisterRow>>(() => rows);
    }

    private static AccountKey? ReadKey(CsvLine line, FaultList faults)
    {
#pragma warning disable CA1308 // Platform ids are lower case.
        var platform = line["platform"].ToLowerInvariant();
#pragma warning restore CA1308
        if (!Platform.TryFind(platform, out _))
        {
            faults.Add(
                line.Number,
                "platform",
                platform.Length == 0
                    ? $"platform is missing; the service knows {Platforms()}"
                    : $"platform {FaultList.Quote(line["platform"])} is not known; the service knows {Platforms()}");
            return null;
        }

        if (AccountKey.TryCreate(platform, line["handle"], out var key))
        {
            return key;
        }

        faults.Add(
            line.Number,
            "handle",
            line["handle"].Length == 0
                ? "handle is missing"
                : $"handle {FaultList.Quote(line["handle"])} can't be one; it has 1 to 100 letters a-z, digits and _ . @ - and starts with a letter or digit");
        return null;
    }

    private static AccountLabels? ReadLabels(CsvLine line, BrigadeMap map, FaultList faults)
    {
        var before = faults.Count;
        AccountKind? kind = line["kind"] switch
        {
            var k when string.Equals(k, "corporate", StringComparison.OrdinalIgnoreCase) => AccountKind.Corporate,
            var k when string.Equals(k, "local", StringComparison.OrdinalIgnoreCase) => AccountKind.Local,
            _ => null,
        };
        if (kind is null)
        {
            faults.Add(line.Number, "kind", $"kind {FaultList.Quote(line["kind"])} is neither corporate nor local");
        }

        var area = Known(line, "area", id => map.TryFindArea(id, out var found) ? found : null, map.Areas.Select(a => a.Id), faults);
        var department = Known(line, "department", id => map.TryFindDepartment(id, out var found) ? found : null, map.Departments.Select(d => d.Id), faults);
        var station = Known(line, "station", id => map.TryFindStation(id, out var found) ? found : null, known: null, faults);
        if (area is not null && station is not null && !string.Equals(station.AreaId, area.Id, StringComparison.Ordinal))
        {
            faults.Add(line.Number, "station", $"station '{station.Id}' is not in area '{area.Id}'; it is in '{station.AreaId}'");
        }

        switch (kind)
        {
            case AccountKind.Corporate when line["station"].Length > 0 || line["area"].Length > 0:
                faults.Add(line.Number, "station", "a corporate account speaks for the whole service; leave its area and station empty");
                break;
            case AccountKind.Local when line["station"].Length == 0 && line["department"].Length == 0:
                faults.Add(line.Number, "station", "a local account belongs to a station or a department; name one");
                break;
            case AccountKind.Local when line["station"].Length > 0 && line["department"].Length > 0:
                faults.Add(line.Number, "department", "a local account belongs to a station or a department; name only one");
                break;
        }

        if (faults.Count > before)
        {
            return null;
        }

#pragma warning disable CA1308 // Platform ids are lower case.
        return new AccountLabels(line["platform"].ToLowerInvariant(), kind!.Value, station?.AreaId ?? area?.Id, station?.Id, department?.Id);
#pragma warning restore CA1308
    }

    private static string ReadName(CsvLine line, string column, FaultList faults)
    {
        var what = line[column].Length == 0 ? "is missing" : FieldRules.CheckName(line[column]);
        if (what is not null)
        {
            faults.Add(line.Number, column, $"{column} {what}");
        }

        return line[column];
    }

    private static NamedContact ReadContact(CsvLine line, FaultList faults)
    {
        var (name, email, phone, deputy) = (line["contact_name"], line["contact_email"], line["contact_phone"], line["deputy_name"]);
        if (name.Length == 0)
        {
            faults.Add(line.Number, "contact_name", "contact_name is missing; every account has a named individual that Comms can contact (order 01/25, 2.1)");
        }
        else if (email.Length == 0 && phone.Length == 0)
        {
            faults.Add(line.Number, "contact_email", "contact_email and contact_phone are both missing; Comms could not reach the contact");
        }

        Check("contact_name", FieldRules.CheckName(name));
        Check("contact_email", email.Length == 0 ? null : FieldRules.CheckEmail(email));
        Check("contact_phone", phone.Length == 0 ? null : FieldRules.CheckPhone(phone));
        Check("deputy_name", FieldRules.CheckName(deputy));
        return new NamedContact(name, OrNull(email), OrNull(phone), deputy.Length == 0 ? [] : [new NamedContact(deputy)]);

        void Check(string column, string? what)
        {
            if (what is not null)
            {
                faults.Add(line.Number, column, $"{column} {what}");
            }
        }
    }

    private static T? Known<T>(CsvLine line, string column, Func<string, T?> find, IEnumerable<string>? known, FaultList faults)
        where T : class
    {
        var id = line[column];
        if (id.Length == 0)
        {
            return null;
        }

        if (find(id) is { } found)
        {
            return found;
        }

        var help = known is null ? $"write a {column}'s id, such as sutton-coldfield" : $"the service knows {string.Join(", ", known)}";
        faults.Add(line.Number, column, $"{column} {FaultList.Quote(id)} is not known; {help}");
        return null;
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static string Platforms() => string.Join(", ", Platform.All.Select(p => p.Id));
}

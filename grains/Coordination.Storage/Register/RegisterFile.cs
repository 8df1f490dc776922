using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.Platforms;
using Coordination.Domain.Requests;

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
/// <c>deputy_name</c> and <c>owner</c> (<c>brigade</c>; a personal account is refused): every row, or none and every fault by its line.
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
        foreach (var line in new CsvTable(faults).Read(bytes, s_columns, "deputy_name", "owner"))
        {
            var before = faults.Count;
            var key = ReadKey(line, faults);
            var labels = ReadLabels(line, map, faults);
            var name = ReadName(line, "display_name", faults);
            var contact = ReadContact(line, faults);
            CheckOwner(line, faults);
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
                    : $"platform {FieldRules.Quote(line["platform"])} is not known; the service knows {Platforms()}");
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
                : $"handle {FieldRules.Quote(line["handle"])} can't be one; it has 1 to 100 letters a-z, digits and _ . @ - and starts with a letter or digit");
        return null;
    }

    private static AccountLabels? ReadLabels(CsvLine line, BrigadeMap map, FaultList faults)
    {
        var found = new List<FieldFault>();
#pragma warning disable CA1308 // Platform ids are lower case.
        var wish = new LabelWish(line["platform"].ToLowerInvariant(), line["kind"], line["area"], line["station"], line["department"]);
#pragma warning restore CA1308
        var labels = LabelRules.Read(wish, map, found);
        found.ForEach(fault => faults.Add(line.Number, fault.Field, fault.Words));
        return labels;
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

    // Left out or empty, whoever imports the file declares it by importing.
    private static void CheckOwner(CsvLine line, FaultList faults)
    {
        if (line["owner"].Length > 0 && PersonalAccount.CheckOwner(line["owner"]) is not null)
        {
            faults.Add(line.Number, "owner", $"owner {FieldRules.Quote(line["owner"])} is not 'brigade'; a personal account cannot be registered (order 01/25, 3.2: {PersonalAccount.Paragraph})");
        }
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static string Platforms() => string.Join(", ", Platform.All.Select(p => p.Id));
}

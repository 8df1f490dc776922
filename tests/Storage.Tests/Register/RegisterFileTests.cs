using System.Text;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Storage.Register;
using Xunit;

namespace Coordination.Storage.Tests.Register;

public sealed class RegisterFileTests
{
    private const string Header = "platform,handle,kind,area,station,department,display_name,contact_name,contact_email,contact_phone,deputy_name";
    private const string Good = "x,demo_wmfs_binley,local,coventry,binley,,Demo WMFS Binley,Alex Example,alex@example.org,0121 496 0001,Sam Sample";

    private static readonly BrigadeMap s_map = Map();

    [Fact]
    public void Read_ReadsEveryField_OfARightRow()
    {
        var row = Assert.Single(Rows(Header, Good));
        Assert.Equal("x/demo_wmfs_binley", row.Key.Value);
        Assert.Equal(new AccountLabels("x", AccountKind.Local, "coventry", "binley", null), row.Labels);
        Assert.Equal("Demo WMFS Binley", row.DisplayName);
        Assert.Equal(new NamedContact("Alex Example", "alex@example.org", "0121 496 0001", [new NamedContact("Sam Sample")]), row.Contact);
    }

    [Fact]
    public void Read_TakesColumnsInAnyOrderCaseAndSpacing_WithMarkAndWindowsLineEnds()
    {
        var text = "\uFEFFHandle, PLATFORM ,kind,area,station,department,display_name,contact_name,contact_email,contact_phone\r\n"
            + "@Demo_WMFS_Binley,X,Local,,binley,,\"Demo, WMFS \"\"Binley\"\"\",Alex Example,,+44 (0)121 496 0001\r\n\r\n";
        var row = Assert.Single(Accepted(Encoding.UTF8.GetBytes(text)));
        Assert.Equal("x/demo_wmfs_binley", row.Key.Value);

        // A station lies in one area only: leaving the area out leaves nothing open.
        Assert.Equal("coventry", row.Labels.Area);
        Assert.Equal("Demo, WMFS \"Binley\"", row.DisplayName);
        Assert.Equal(new NamedContact("Alex Example", null, "+44 (0)121 496 0001", []), row.Contact);
    }

    [Theory]
    [InlineData("platform", "myspace", "line 7: platform 'myspace' is not known; the service knows x, facebook, mastodon, bluesky, threads")]
    [InlineData("platform", "", "line 7: platform is missing")]
    [InlineData("handle", "", "line 7: handle is missing")]
    [InlineData("handle", "two words", "line 7: handle 'two words' can't be one")]
    [InlineData("handle", "=cmd", "line 7: handle '=cmd' can't be one")]
    [InlineData("kind", "personal", "line 7: kind 'personal' is neither corporate nor local")]
    [InlineData("area", "covntry", "line 7: area 'covntry' is not known; the service knows birmingham, coventry")]
    [InlineData("area", "birmingham", "line 7: station 'binley' is not in area 'birmingham'; it is in 'coventry'")]
    [InlineData("station", "atlantis", "line 7: station 'atlantis' is not known")]
    [InlineData("station", "Binley", "line 7: station 'Binley' is not known")]
    [InlineData("station", "", "line 7: a local account belongs to a station or a department; name one")]
    [InlineData("department", "prevention", "line 7: a local account belongs to a station or a department; name only one")]
    [InlineData("kind", "corporate", "line 7: a corporate account speaks for the whole service; leave its area and station empty")]
    [InlineData("display_name", "", "line 7: display_name is missing")]
    [InlineData("display_name", "=HYPERLINK(1)", "line 7: display_name '=HYPERLINK(1)' starts with =, which a spreadsheet runs as a formula")]
    [InlineData("contact_name", "", "line 7: contact_name is missing; every account has a named individual")]
    [InlineData("contact_name", "@SUM(A1)", "line 7: contact_name '@SUM(A1)' starts with @")]
    [InlineData("deputy_name", "+1+1", "line 7: deputy_name '+1+1' starts with +")]
    [InlineData("contact_email", "alex at example.org", "line 7: contact_email 'alex at example.org' is no e-mail address")]
    [InlineData("contact_email", "=a@example.org", "line 7: contact_email '=a@example.org' is no e-mail address")]
    [InlineData("contact_phone", "call me", "line 7: contact_phone 'call me' is no telephone number")]
    [InlineData("contact_phone", "123", "line 7: contact_phone '123' is no telephone number")]
    public void Read_NamesTheLineAndWhatIsWrong_AndImportsNothing(string column, string value, string words)
    {
        var fields = Good.Split(',');
        fields[1] = "demo_seventh";
        fields[Array.IndexOf(Header.Split(','), column)] = value;
        string[] before = [.. Enumerable.Range(1, 5).Select(i => Good.Replace("demo_wmfs_binley", $"demo_{i}", StringComparison.Ordinal))];

        var fault = Assert.Single(Faults([Header, .. before, string.Join(',', fields)]));

        Assert.Equal(7, fault.Line);
        Assert.StartsWith(words, fault.Words, StringComparison.Ordinal);
        if (words.Contains(column, StringComparison.Ordinal) && !words.Contains("is not in area", StringComparison.Ordinal) && !words.Contains("belongs to", StringComparison.Ordinal))
        {
            Assert.Equal(column, fault.Column);
        }
    }

    [Fact]
    public void Read_KnowsDepartments_ByTheirIds()
    {
        var row = Assert.Single(Rows(Header, Good.Replace("coventry,binley,", ",,prevention", StringComparison.Ordinal)));
        Assert.Equal(new AccountLabels("x", AccountKind.Local, null, null, "prevention"), row.Labels);
        Assert.Equal(
            "line 2: department 'magic' is not known; the service knows prevention",
            Assert.Single(Faults(Header, Good.Replace("coventry,binley,", ",,magic", StringComparison.Ordinal))).Words);
    }

    [Fact]
    public void Read_Refuses_AContactNobodyCanReach() =>
        Assert.Contains("could not reach", Assert.Single(Faults(Header, Good.Replace("alex@example.org,0121 496 0001", ",", StringComparison.Ordinal))).What, StringComparison.Ordinal);

    [Fact]
    public void Read_NamesEveryFaultOfEveryLine_InOrder()
    {
        var faults = Faults(Header, "myspace,a,personal,,,,,,,", Good, "short", Good, "x,\"open,local,coventry,binley,,A,B,b@example.org,,", "x,b\"b,local,coventry,binley,,A,B,b@example.org,,");
        Assert.Equal([2, 4, 5, 6, 7], faults.Select(f => f.Line).Distinct());
        Assert.Contains("has 10 fields where the header has 11", Assert.Single(faults, f => f.Line == 2).What, StringComparison.Ordinal);
        Assert.Contains("has 1 fields", Assert.Single(faults, f => f.Line == 4).What, StringComparison.Ordinal);
        Assert.Equal("account 'x/demo_wmfs_binley' is on line 3 already", Assert.Single(faults, f => f.Line == 5).What);
        Assert.Contains("quotation mark", Assert.Single(faults, f => f.Line == 6).What, StringComparison.Ordinal);
        Assert.Contains("quotation mark", Assert.Single(faults, f => f.Line == 7).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NamesSeveralFaults_OfOneLine()
    {
        var faults = Faults(Header, "myspace,a,personal,mordor,,,,,,,");
        Assert.Equal(["platform", "kind", "area", "display_name", "contact_name"], faults.Select(f => f.Column!), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("brigade", false)]
    [InlineData("", false)]
    [InlineData("person", true)]
    [InlineData("Alex", true)]
    public void Read_Refuses_APersonalAccount(string owner, bool refused)
    {
        if (!refused)
        {
            Assert.Single(Rows(Header + ",owner", $"{Good},{owner}"));
            return;
        }

        var fault = Assert.Single(Faults(Header + ",owner", $"{Good},{owner}"));
        Assert.Equal("owner", fault.Column);
        Assert.Contains("3.2", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Refuses_DuplicatesInAnySpelling() =>
        Assert.Equal(3, Assert.Single(Faults(Header, Good, Good.Replace("demo_wmfs_binley", "@DEMO_wmfs_binley", StringComparison.Ordinal))).Line);

    [Theory]
    [InlineData("", "the file is empty; its first line names the columns")]
    [InlineData("\n\n", "the file is empty")]
    [InlineData("platform;handle;kind", "column 'platform;handle;kind' is not known")]
    [InlineData("platform,handle,colour", "column 'colour' is not known")]
    [InlineData(Header + ",handle", "column 'handle' stands twice")]
    [InlineData("a\0b", "the file is not a text file")]
    public void Read_Refuses_AFileThatIsNoRegister(string text, string words) =>
        Assert.Contains(Faults(text), f => f.Words.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Read_NamesEachMissingColumn() =>
        Assert.Equal(10, Faults("deputy_name").Count(f => f.What.EndsWith("is missing", StringComparison.Ordinal)));

    [Fact]
    public void Read_Refuses_TextThatIsNotUtf8() =>
        Assert.Equal("the file is not UTF-8 text; save it as 'CSV UTF-8'", Assert.Single(Refused([.. Encoding.UTF8.GetBytes(Header + "\n" + Good), 0xe9]).Faults).Words);

    [Fact]
    public void Read_Accepts_AHeaderWithoutRows() => Assert.Empty(Rows(Header));

    [Fact]
    public void Read_Refuses_TooMuch()
    {
        Assert.Contains("10 MB", Assert.Single(Refused(new byte[RegisterLimits.MaxBytes + 1]).Faults).Words, StringComparison.Ordinal);
        Assert.Contains("longer than 1000", Assert.Single(Faults(Header, Good.Replace("Demo WMFS Binley", new string('x', 1_001), StringComparison.Ordinal))).What, StringComparison.Ordinal);
        Assert.Contains("longer than 200", Assert.Single(Faults(Header, Good.Replace("Demo WMFS Binley", new string('x', 201), StringComparison.Ordinal))).What, StringComparison.Ordinal);

        var many = new StringBuilder(Header).Append('\n');
        for (var i = 0; i <= RegisterLimits.MaxRows; i++)
        {
            many.Append("x,h").Append(i).Append(",local,,binley,,A,B,,1234567,\n");
        }

        Assert.Contains("more than 200000 rows", Assert.Single(Refused(Encoding.UTF8.GetBytes(many.ToString())).Faults).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CountsTheFaults_ThatItDoesNotTell()
    {
        var refused = Refused(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat("short", RegisterLimits.MaxFaults + 5).Prepend(Header))));
        Assert.Equal((RegisterLimits.MaxFaults, 5), (refused.Faults.Count, refused.More));
    }

    [Fact]
    public void Read_ShowsNoControlCharacter_OfABadValue() =>
        Assert.DoesNotContain('\u0007', Assert.Single(Faults(Header, Good.Replace("Alex Example", "Alex \u0007", StringComparison.Ordinal))).Words);

    private static IReadOnlyList<RegisterRow> Rows(params string[] lines) => Accepted(Encoding.UTF8.GetBytes(string.Join('\n', lines)));

    private static IReadOnlyList<RegisterRow> Accepted(byte[] bytes) =>
        Assert.IsType<RegisterReading<IReadOnlyList<RegisterRow>>.Accepted>(RegisterFile.Read(bytes, s_map)).Content;

    private static IReadOnlyList<RegisterFault> Faults(params string[] lines) => Refused(Encoding.UTF8.GetBytes(string.Join('\n', lines))).Faults;

    private static RegisterReading<IReadOnlyList<RegisterRow>>.Refused Refused(byte[] bytes) =>
        Assert.IsType<RegisterReading<IReadOnlyList<RegisterRow>>.Refused>(RegisterFile.Read(bytes, s_map));

    private static BrigadeMap Map()
    {
        Assert.True(GeoPoint.TryCreate(52.4, -1.5, out var somewhere));
        return new BrigadeMap(
            [new Area("birmingham", "Birmingham"), new Area("coventry", "Coventry")],
            [new Station("binley", "Bin", "Binley", "coventry", somewhere), new Station("aston", null, "Aston", "birmingham", somewhere)],
            [new Department("prevention", "Prevention")]);
    }
}

using System.Text;
using Coordination.Domain.Incidents.Cap;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

public sealed class CapParserTests
{
    [Fact]
    public void Parse_ReadsEverything_OfAValidMessage()
    {
        var message = new CapXml
        {
            MsgType = "Update",
            References = $"{CapXml.Sender},WMFS-1,2026-03-01T13:05:00+00:00 {CapXml.Sender},WMFS-2,2026-03-01T14:00:00+01:00",
            Note = "Second message",
            EventCode = "<eventCode><valueName>WMFS</valueName><value>MAJ</value></eventCode>",
            Effective = "2026-03-01T14:05:00+00:00",
            Expires = "2026-03-01T20:00:00+00:00",
            Description = "Persons reported.",
            Area = "<area><areaDesc>Foleshill</areaDesc><polygon>52.4,-1.5 52.5,-1.5 52.5,-1.4 52.4,-1.5</polygon><circle>52.4386,-1.4931 1.5</circle>"
                + "<geocode><valueName>WMFS-AREA</valueName><value>coventry</value></geocode><altitude>10</altitude><ceiling>100.5</ceiling></area>",
        }.Message();

        Assert.Equal(("WMFS-2026-000123", CapXml.Sender, CapStatus.Actual, CapMsgType.Update, CapScope.Public), (message.Identifier, message.Sender, message.Status, message.MsgType, message.Scope));
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 14, 5, 0, TimeSpan.Zero), message.Sent);
        Assert.Equal(["WMFS-1", "WMFS-2"], message.References.Select(r => r.Identifier), StringComparer.Ordinal);
        Assert.Equal(message.References[0].Sent, message.References[1].Sent.AddMinutes(5));
        Assert.Equal("Second message", message.Note);
        var info = Assert.Single(message.Infos);
        Assert.Equal(("en-GB", "Major incident", CapUrgency.Immediate, CapSeverity.Extreme, CapCertainty.Observed), (info.Language, info.Event, info.Urgency, info.Severity, info.Certainty));
        Assert.Equal(new CapNamedValue("WMFS", "MAJ"), Assert.Single(info.EventCodes));
        Assert.Equal("Persons reported.", info.Description);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero), info.Expires);
        var area = Assert.Single(info.Areas);
        Assert.Equal(4, Assert.Single(area.Polygons).Points.Count);
        Assert.Equal(1.5, Assert.Single(area.Circles).RadiusKm);
        Assert.Equal(new CapNamedValue("WMFS-AREA", "coventry"), Assert.Single(area.Geocodes));
        Assert.Matches("^[0-9a-f]{64}$", message.Digest);
    }

    [Fact]
    public void Parse_KeepsEveryLanguage_WithSeveralInfoBlocks()
    {
        var message = new CapXml { MoreInfo = new CapXml { Event = "Digwyddiad mawr" }.Info().Replace("<language>en-GB</language>", string.Empty, StringComparison.Ordinal) }.Message();

        // The standard's default, where a block names no language.
        Assert.Equal(["en-GB", "en-US"], message.Infos.Select(i => i.Language), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-01T14:05:00Z")]
    [InlineData("2026-03-01T14:05:00z")]
    [InlineData("2026-03-01T14:05:00")]
    [InlineData("2026-03-01T14:05:00.5+00:00")]
    [InlineData("2026-03-01 14:05:00+00:00")]
    [InlineData("2026-03-01T14:05+00:00")]
    [InlineData("2026-02-30T14:05:00+00:00")]
    [InlineData("2026-03-01T25:05:00+00:00")]
    [InlineData("2026-03-01T14:05:00+0000")]
    [InlineData("2026-03-01T14:05:00,00:00")]
    [InlineData("2026-03-01T14:05:00+15:00")]
    [InlineData("٢٠٢٦-03-01T14:05:00+00:00")]
    [InlineData("")]
    public void Parse_Refuses_ATimeThatIsNotInCapsForm(string time)
    {
        var sent = Assert.Single(new CapXml { Sent = time }.Faults());
        Assert.Equal("alert/sent", sent.Path);
        Assert.Contains("never with Z", sent.What, StringComparison.Ordinal);
        Assert.Equal("alert/info[1]/expires", Assert.Single(new CapXml { Expires = time }.Faults()).Path);
        Assert.Equal("alert/info[1]/effective", Assert.Single(new CapXml { Effective = time }.Faults()).Path);
    }

    [Theory]
    [InlineData("2026-07-01T14:05:00+01:00", "2026-07-01T13:05:00+00:00")]
    [InlineData("2026-07-01T14:05:00-00:00", "2026-07-01T14:05:00+00:00")]
    [InlineData("\n 2026-07-01T14:05:00+00:00 ", "2026-07-01T14:05:00+00:00")]
    public void Parse_ReadsTheInstant_WhateverTheOffset(string time, string same) =>
        Assert.Equal(DateTimeOffset.Parse(same, System.Globalization.CultureInfo.InvariantCulture), new CapXml { Sent = time }.Message().Sent);

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a,b")]
    [InlineData("a&amp;b")]
    [InlineData("a&lt;b")]
    [InlineData(" padded")]
    [InlineData("a\nb")]
    [InlineData("a\u00a0b")]
    public void Parse_Refuses_IdentifierAndSenderWithForbiddenSigns(string text)
    {
        Assert.Equal("alert/identifier", Assert.Single(new CapXml { Identifier = text }.Faults()).Path);
        Assert.Equal("alert/sender", Assert.Single(new CapXml { From = text }.Faults()).Path);
    }

    [Theory]
    [InlineData("status", "actual")]
    [InlineData("status", "0")]
    [InlineData("status", "Actual,Test")]
    [InlineData("status", " Actual ")]
    [InlineData("msgType", "New")]
    [InlineData("severity", "Catastrophic")]
    [InlineData("urgency", "Now")]
    [InlineData("certainty", "Very Likely")]
    public void Parse_Refuses_AWordThatTheStandardDoesNotHave(string element, string word)
    {
        var xml = new CapXml().ToString();
        var start = xml.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        var end = xml.IndexOf($"</{element}>", StringComparison.Ordinal);

        var fault = Assert.Single(CapXml.FaultsOf(string.Concat(xml.AsSpan(0, start), word, xml.AsSpan(end))));

        Assert.EndsWith($"/{element}", fault.Path, StringComparison.Ordinal);
        Assert.Contains("is not one of", fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Update")]
    [InlineData("Cancel")]
    [InlineData("Ack")]
    [InlineData("Error")]
    public void Parse_Refuses_AMessageAboutOthers_WhenItNamesNone(string type)
    {
        Assert.Equal("alert/references", Assert.Single(new CapXml { MsgType = type }.Faults()).Path);
        Assert.Equal("alert/references", Assert.Single(new CapXml { MsgType = type, References = " " }.Faults()).Path);
        Assert.Single(new CapXml { MsgType = type, References = "a,b,2026-03-01T14:05:00+00:00" }.Message().References);
    }

    [Theory]
    [InlineData("a,b")]
    [InlineData("a,b,c,2026-03-01T14:05:00+00:00")]
    [InlineData("a,b,2026-03-01T14:05:00Z")]
    [InlineData(",b,2026-03-01T14:05:00+00:00")]
    [InlineData("a,b,2026-03-01T14:05:00+00:00 stray")]
    public void Parse_Refuses_ReferencesThatAreNoTriples(string references) =>
        Assert.Equal("alert/references", Assert.Single(new CapXml { References = references }.Faults()).Path);

    [Theory]
    [InlineData("<scope>Restricted</scope>", "alert/restriction")]
    [InlineData("<scope>Restricted</scope><restriction> </restriction>", "alert/restriction")]
    [InlineData("<scope>Public</scope><restriction>Gold command</restriction>", "alert/restriction")]
    [InlineData("<scope>Private</scope>", "alert/addresses")]
    [InlineData("<scope>Private</scope><addresses/>", "alert/addresses")]
    public void Parse_Refuses_AScopeThatDoesNotFitItsElements(string scope, string path) =>
        Assert.Equal(path, Assert.Single(new CapXml { Scope = scope }.Faults()).Path);

    [Theory]
    [InlineData("<scope>Restricted</scope><restriction>Gold command</restriction>", CapScope.Restricted)]
    [InlineData("<scope>Private</scope><addresses>a@b.example</addresses>", CapScope.Private)]
    [InlineData("<scope>Public</scope><restriction/><addresses>0</addresses>", CapScope.Public)]
    public void Parse_Accepts_AScopeThatFitsItsElements(string scope, CapScope expected) =>
        Assert.Equal(expected, new CapXml { Scope = scope }.Message().Scope);

    [Theory]
    [InlineData("52.4,-1.5 52.5,-1.5 52.4,-1.5", "at least 4")]
    [InlineData("52.4,-1.5 52.5,-1.5 52.5,-1.4 52.4,-1.4", "not closed")]
    [InlineData("52.4,-1.5 52.5,-1.5 52.5,-1.4... 52.4,-1.5", "is no point")]
    [InlineData("52.4,-1.5 92.5,-1.5 52.5,-1.4 52.4,-1.5", "is no point")]
    [InlineData("52.4,-1.5 52.5,-181 52.5,-1.4 52.4,-1.5", "is no point")]
    [InlineData("52.4,-1.5 NaN,-1.5 52.5,-1.4 52.4,-1.5", "is no point")]
    [InlineData("52.4,-1.5 1e1,-1.5 52.5,-1.4 52.4,-1.5", "is no point")]
    [InlineData("52.4 -1.5 52.5 -1.5 52.5 -1.4 52.4 -1.5", "is no point")]
    [InlineData("52.4,-1.5 52.5,-1.5 52.6,-1.5 52.4,-1.5", "encloses nothing")]
    [InlineData("52.4,-1.5 52.5,-1.4 52.4,-1.4 52.5,-1.5 52.4,-1.5", "crosses itself")]
    [InlineData("0,-100 10,100 20,0 0,-100", "180 degrees")]
    [InlineData("", "at least 4")]
    public void Parse_RefusesTheWholeMessage_WithOneBadPolygon(string polygon, string what)
    {
        var fault = Assert.Single(new CapXml { Area = CapXml.AreaOf("coventry") + CapXml.PolygonArea(polygon) }.Faults());
        Assert.Equal("alert/info[1]/area[2]/polygon[1]", fault.Path);
        Assert.Contains(what, fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("52.4,-1.5")]
    [InlineData("52.4,-1.5 -1")]
    [InlineData("52.4,-1.5 20039")]
    [InlineData("52.4,-1.5 1 km")]
    [InlineData("52.4 -1.5 1")]
    [InlineData("152.4,-1.5 1")]
    [InlineData("52.4,-1.5 Infinity")]
    public void Parse_Refuses_ABadCircle(string circle) =>
        Assert.Equal("alert/info[1]/area[1]/circle[1]", Assert.Single(new CapXml { Area = CapXml.CircleArea(circle) }.Faults()).Path);

    [Fact]
    public void Parse_Refuses_TooManyPoints()
    {
        var many = string.Join(' ', Enumerable.Repeat("52.4,-1.5", 2_001));
        Assert.Contains("the most is 2000", Assert.Single(new CapXml { Area = CapXml.PolygonArea(many) }.Faults()).What, StringComparison.Ordinal);

        var zigzag = string.Join(' ', Enumerable.Range(0, 1_998).Select(i => $"52.{i:0000},-1.{5 + (i % 2)}"));
        var one = $"<polygon>52.0,-2 {zigzag} 52.0,-2</polygon>";
        var five = new CapXml { Area = $"<area><areaDesc>Somewhere</areaDesc>{string.Concat(Enumerable.Repeat(one, 6))}</area>" };
        Assert.Contains("polygon points in all", Assert.Single(five.Faults()).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Refuses_AMessageThatExpiresBeforeItTakesEffect()
    {
        Assert.Equal("alert/info[1]/expires", Assert.Single(new CapXml { Expires = "2026-03-01T14:04:59+00:00" }.Faults()).Path);
        Assert.NotNull(new CapXml { Expires = "2026-03-01T14:04:59+00:00", Effective = "2026-03-01T14:00:00+00:00" }.Message());
    }

    [Fact]
    public void Parse_Refuses_ElementsOutOfOrderMissingDoubledOrStrange()
    {
        var xml = new CapXml().ToString();
        string Change(string from, string to) => xml.Replace(from, to, StringComparison.Ordinal);

        Assert.Contains(CapXml.FaultsOf(Change("<event>Major incident</event><urgency>Immediate</urgency>", "<urgency>Immediate</urgency><event>Major incident</event>")), f => f.What.Contains("too late", StringComparison.Ordinal));
        Assert.Contains(CapXml.FaultsOf(Change("<scope>Public</scope>", string.Empty)), f => f is { Path: "alert/scope", What: "is missing" });
        Assert.Contains(CapXml.FaultsOf(Change("<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>")), f => f.What.Contains("more than once", StringComparison.Ordinal));
        Assert.Contains(CapXml.FaultsOf(Change("<scope>", "<colour>red</colour><scope>")), f => f.What.Contains("'colour'", StringComparison.Ordinal));
        Assert.Contains(CapXml.FaultsOf(Change("<scope>", "<x:scope xmlns:x='urn:other'>Public</x:scope><scope>")), f => f.What.Contains("'scope'", StringComparison.Ordinal));
        Assert.Contains(CapXml.FaultsOf(Change("<scope>", "stray<scope>")), f => f.What.Contains("outside its elements", StringComparison.Ordinal));
        Assert.Contains(CapXml.FaultsOf(Change("<scope>", "<scope a='b'>")), f => f.What.Contains("attribute", StringComparison.Ordinal));
        Assert.Contains(CapXml.FaultsOf(Change("Public</scope>", "<b>Public</b></scope>")), f => f.What.Contains("text only", StringComparison.Ordinal));
        Assert.Contains(CapXml.FaultsOf(Change("cap:1.2", "cap:1.1")), f => f.Path is "document");
    }

    [Fact]
    public void Parse_Accepts_CommentsCDataAndASignatureAtTheEnd()
    {
        var xml = new CapXml().ToString();
        Assert.Equal("Major incident", CapXml.Parse(xml.Replace("<event>Major incident", "<event>Major<!-- x --> <![CDATA[incident]]>", StringComparison.Ordinal)).Infos[0].Event);

        const string Signature = "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'><SignedInfo/></Signature>";
        Assert.NotNull(CapXml.Parse(xml.Replace("</alert>", $"{Signature}</alert>", StringComparison.Ordinal)));
        Assert.Contains(CapXml.FaultsOf(xml.Replace("<info>", $"{Signature}<info>", StringComparison.Ordinal)), f => f.What.Contains("before the signature", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not xml")]
    [InlineData("<alert")]
    [InlineData("<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>")]
    [InlineData("{\"alert\": 1}")]
    [InlineData("<?xml version='1.0' encoding='no-such-encoding'?><alert/>")]
    [InlineData("<html/>")]
    public void Parse_RefusesWithOneFault_WhatIsNoCapDocument(string text) =>
        Assert.Equal("document", Assert.Single(CapXml.FaultsOf(text)).Path);

    [Fact]
    public void Parse_Refuses_BytesThatAreNoTextInTheirEncoding()
    {
        var bytes = new CapXml().Bytes();
        bytes[Array.IndexOf(bytes, (byte)'M')] = 0xff;
        Assert.Equal("document", Assert.Single(CapXml.FaultsOf(bytes)).Path);
    }

    [Fact]
    public void Parse_ReadsOtherEncodings_WhenTheyAreDeclared()
    {
        var xml = new CapXml { Headline = "Café" }.ToString().Replace("UTF-8", "ISO-8859-1", StringComparison.Ordinal);
        var valid = Assert.IsType<CapParseResult.Valid>(CapParser.Parse(Encoding.Latin1.GetBytes(xml)));
        Assert.Equal("Café", valid.Message.Infos[0].Headline);
    }

    [Theory]
    [InlineData("<!DOCTYPE alert [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]>")]
    [InlineData("<!DOCTYPE alert SYSTEM 'http://127.0.0.1:1/evil.dtd'>")]
    [InlineData("<!DOCTYPE alert>")]
    public void Parse_Refuses_AnyDocumentType(string dtd)
    {
        var fault = Assert.Single(CapXml.FaultsOf(new CapXml().ToString().Replace("<alert", $"{dtd}<alert", StringComparison.Ordinal)));
        Assert.Contains("DTD", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_Refuses_MoreThanItsLimits()
    {
        var exact = new CapXml { Description = new string('x', CapLimits.MaxBytes - new CapXml { Description = string.Empty }.Bytes().Length) };
        Assert.Equal(CapLimits.MaxBytes, exact.Bytes().Length);
        Assert.NotNull(exact.Message());
        Assert.Contains("256 KB", Assert.Single(CapXml.FaultsOf(exact + " ")).What, StringComparison.Ordinal);

        var deep = string.Concat(Enumerable.Repeat("<a>", 30_000)) + string.Concat(Enumerable.Repeat("</a>", 30_000));
        Assert.Contains("nested deeper", Assert.Single(CapXml.FaultsOf(deep)).What, StringComparison.Ordinal);
        var wide = new CapXml { MoreInfo = string.Concat(Enumerable.Repeat("<a/>", CapLimits.MaxElements)) };
        Assert.Contains("more than", Assert.Single(wide.Faults()).What, StringComparison.Ordinal);
        Assert.Equal(CapLimits.MaxFaults, new CapXml { MoreInfo = string.Concat(Enumerable.Repeat("<a/>", 500)) }.Faults().Count);
    }

    [Theory]
    [InlineData("<web>not an address</web>", "web")]
    [InlineData("<web>/path/only</web>", "web")]
    [InlineData("<resource><resourceDesc>Map</resourceDesc><mimeType>png</mimeType></resource>", "mimeType")]
    [InlineData("<resource><resourceDesc>Map</resourceDesc><mimeType>image/png</mimeType><size>big</size></resource>", "size")]
    [InlineData("<resource><resourceDesc>Map</resourceDesc><mimeType>image/png</mimeType><uri>map.png</uri></resource>", "uri")]
    [InlineData("<area><areaDesc>Here</areaDesc><ceiling>100</ceiling></area>", "ceiling")]
    [InlineData("<area><areaDesc>Here</areaDesc><altitude>200</altitude><ceiling>100</ceiling></area>", "ceiling")]
    [InlineData("<area><areaDesc>Here</areaDesc><altitude>high</altitude></area>", "altitude")]
    [InlineData("<area><areaDesc> </areaDesc></area>", "areaDesc")]
    public void Parse_Refuses_BadValuesOfTheRest(string element, string name)
    {
        var fault = Assert.Single(new CapXml { Area = element }.Faults());
        Assert.EndsWith($"/{name}", fault.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NamesEveryFault_NotOnlyTheFirst()
    {
        var faults = new CapXml { Sent = "now", Status = "Real", Severity = "Bad", Area = CapXml.CircleArea("here") }.Faults();
        Assert.Equal(["alert/sent", "alert/status", "alert/info[1]/severity", "alert/info[1]/area[1]/circle[1]"], faults.Select(f => f.Path), StringComparer.Ordinal);
    }
}

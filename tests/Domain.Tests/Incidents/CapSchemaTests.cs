using System.Xml;
using System.Xml.Schema;
using Coordination.Domain.Incidents.Cap;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

/// <summary>Our validator against the standard's schema and real messages, where they are at hand.</summary>
public sealed class CapSchemaTests
{
    private static readonly string[] s_wrongAllTheSame = ["canada_errors.cap", "nws-alert.xml"];

    [Fact]
    public void Parse_RefusesWhatTheSchemaRefuses_AndAcceptsTheRestButTwo()
    {
        var schema = Schema();
        var files = Directory.GetFiles(SharedData.Path("cap", "valid")).Concat(Directory.GetFiles(SharedData.Path("cap", "invalid"))).ToList();
        Assert.True(files.Count >= 13, $"only {files.Count} messages");
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            var ours = CapParser.Parse(bytes);
            var accepted = SchemaFaults(schema, bytes).Count == 0 && !s_wrongAllTheSame.Contains(Path.GetFileName(file), StringComparer.Ordinal);
            Assert.True(
                accepted == ours is CapParseResult.Valid,
                $"{Path.GetFileName(file)}: {(ours is CapParseResult.Refused refused ? string.Join("; ", refused.Faults) : "accepted")}");
        }
    }

    [Fact]
    public void Parse_RefusesTheFeeds_BecauseTheyAreNoMessages()
    {
        foreach (var file in Directory.GetFiles(SharedData.Path("cap", "feeds")))
        {
            Assert.Equal("document", Assert.Single(CapXml.FaultsOf(File.ReadAllBytes(file))).Path);
        }
    }

    [Fact]
    public void Parse_RefusesCanadaErrors_BecauseAnUpdateNamesNoMessage()
    {
        var bytes = File.ReadAllBytes(SharedData.Path("cap", "valid", "canada_errors.cap"));
        Assert.Empty(SchemaFaults(Schema(), bytes));
        var fault = Assert.Single(CapXml.FaultsOf(bytes));
        Assert.Equal("alert/references", fault.Path);
        Assert.Contains("Update", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_RefusesTheTruncatedPolygon_BecauseItsLastPairIsNoPoint()
    {
        var bytes = File.ReadAllBytes(SharedData.Path("cap", "valid", "nws-alert.xml"));
        Assert.Empty(SchemaFaults(Schema(), bytes));
        var fault = Assert.Single(CapXml.FaultsOf(bytes));
        Assert.Equal("alert/info[1]/area[1]/polygon[1]", fault.Path);
        Assert.Contains("-2.95268...", fault.What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("54.54509,-2.95255 54.54498,-2.95268", "at least 4")]
    [InlineData("54.54509,-2.95255 54.54498,-2.95268 54.54,-2.96 54.53,-2.95", "not closed")]
    public void Parse_RefusesTheTruncatedPolygon_EvenWithoutTheDots(string polygon, string what)
    {
        var text = File.ReadAllText(SharedData.Path("cap", "valid", "nws-alert.xml"))
            .Replace("54.54509,-2.95255 54.54498,-2.95268...", polygon, StringComparison.Ordinal);
        Assert.Contains(what, Assert.Single(CapXml.FaultsOf(text)).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NeverAsksForAnything_WithTheEntityAttack()
    {
        var fault = Assert.Single(CapXml.FaultsOf(File.ReadAllBytes(SharedData.Path("cap", "invalid", "xee.cap"))));
        Assert.Contains("DTD", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public void OurSample_IsValid_ByTheSchemaAndByUs()
    {
        var bytes = File.ReadAllBytes(Repository.Path("docs", "samples", "major-incident-coventry.xml"));
        Assert.IsType<CapParseResult.Valid>(CapParser.Parse(bytes));
        Assert.Empty(SchemaFaults(Schema(), bytes));
    }

    internal static XmlSchemaSet Schema()
    {
        var schemas = new XmlSchemaSet { XmlResolver = null };
        using var reader = XmlReader.Create(SharedData.Path("cap", "CAP-v1.2.xsd"));
        schemas.Add("urn:oasis:names:tc:emergency:cap:1.2", reader);
        schemas.Compile();
        return schemas;
    }

    /// <summary>What the schema finds wrong; a document that can't be read counts as one fault.</summary>
    internal static IReadOnlyList<string> SchemaFaults(XmlSchemaSet schema, byte[] bytes)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings
        {
            Schemas = schema,
            ValidationType = ValidationType.Schema,
            ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings,
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
        };

        // A signature has no schema here and is allowed to have none ("lax"); a root without one is not CAP at all.
        settings.ValidationEventHandler += (_, e) =>
        {
            if (e.Severity is XmlSeverityType.Error || e.Message.Contains(":alert'", StringComparison.Ordinal))
            {
                faults.Add(e.Message);
            }
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), settings);
            while (reader.Read())
            {
            }
        }
        catch (XmlException e)
        {
            faults.Add(e.Message);
        }

        return faults;
    }
}

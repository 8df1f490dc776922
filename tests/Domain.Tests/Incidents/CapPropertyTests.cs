using System.Text;
using Coordination.Domain.Incidents.Cap;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents;

public sealed class CapPropertyTests
{
    private const int Iterations = 3_000;

    [Fact]
    public void Parse_Accepts_EveryValidMessage() =>
        CapGen.Valid.SampleSeeded(xml => Parse(xml) is CapParseResult.Valid, iter: Iterations, print: xml => $"{xml}\n{Faults(xml)}");

    [Fact]
    public void Parse_Refuses_EveryValidMessageWithOneBreak() =>
        Gen.Select(CapGen.Valid, CapGen.Break).SampleSeeded(
            (xml, change) => CapGen.Apply(xml, change) is not { } broken || Parse(broken) is CapParseResult.Refused { Faults.Count: > 0 },
            iter: Iterations);

    [Fact]
    public void Parse_Refuses_WhateverTheSchemaRefuses()
    {
        var schema = CapSchemaTests.Schema();
        var refusedBySchema = 0;
        var acceptedByBoth = 0;
        Gen.Select(CapGen.Valid, CapGen.Change).SampleSeeded(
            (xml, change) =>
            {
                if (CapSchemaTests.SchemaFaults(schema, Encoding.UTF8.GetBytes(xml)).Count > 0)
                {
                    return false;
                }

                if (CapGen.Apply(xml, change) is not { } changed)
                {
                    return true;
                }

                var refused = CapSchemaTests.SchemaFaults(schema, Encoding.UTF8.GetBytes(changed)).Count > 0;
                var ours = Parse(changed);
                Interlocked.Add(ref refusedBySchema, refused ? 1 : 0);
                Interlocked.Add(ref acceptedByBoth, !refused && ours is CapParseResult.Valid ? 1 : 0);
                return !refused || ours is CapParseResult.Refused;
            },
            iter: Iterations);

        // Changes of both sorts were really tried.
        Assert.True(refusedBySchema > Iterations / 4, $"{refusedBySchema} refused by the schema");
        Assert.True(acceptedByBoth > Iterations / 20, $"{acceptedByBoth} accepted by both");
    }

    [Fact]
    public void Parse_NeverThrows_WithBytesDamagedAnywhere() =>
        Gen.Select(CapGen.Valid, Gen.Int[0, 100_000], Gen.Byte, Gen.Bool).SampleSeeded(
            (xml, at, value, cut) =>
            {
                var bytes = Encoding.UTF8.GetBytes(xml);
                at %= bytes.Length;
                bytes[at] = value;
                _ = CapParser.Parse(cut ? bytes.AsMemory(0, at) : bytes);
            },
            iter: Iterations);

    private static CapParseResult Parse(string xml) => CapParser.Parse(Encoding.UTF8.GetBytes(xml));

    private static string Faults(string xml) => Parse(xml) is CapParseResult.Refused refused ? string.Join("; ", refused.Faults) : "valid";
}

using Coordination.Dashboard.Verification;

namespace Coordination.Pages.Tests;

public sealed class AnchorOptionsTests
{
    [Theory]
    [InlineData(null, 900, null)]
    [InlineData("/anchors.jsonl", 900, null)]
    [InlineData("anchors.jsonl", 900, "Anchors:File is no full path of a file in a folder that exists.")]
    [InlineData("/no/such/folder/anchors.jsonl", 900, "Anchors:File is no full path of a file in a folder that exists.")]
    [InlineData(null, 0, "Anchors:Every is 00:00:00; it can be a second to a day.")]
    [InlineData(null, 90_000, "Anchors:Every is 1.01:00:00; it can be a second to a day.")]
    public void Options_AreLookedAt_AtTheStart(string? file, int seconds, string? fault) =>
        Assert.Equal(fault, new AnchorOptionsValidator().Validate(null, new AnchorOptions { File = file, Every = TimeSpan.FromSeconds(seconds) }).FailureMessage);
}

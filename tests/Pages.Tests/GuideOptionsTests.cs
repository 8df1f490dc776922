using Coordination.Dashboard.Guide;

namespace Coordination.Pages.Tests;

public sealed class GuideOptionsTests
{
    [Theory]
    [InlineData("https://training.test/a", null, null)]
    [InlineData("http://training.test/a", null, "Guide:Links:Course is no https address.")]
    [InlineData("javascript:alert(1)", null, "Guide:Links:Course is no https address.")]
    [InlineData("course", null, "Guide:Links:Course is no https address.")]
    [InlineData("https://training.test/a", "comms@wmfs.test", null)]
    [InlineData("https://training.test/a", "Comms <comms@wmfs.test>", "Guide:Email is no e-mail address.")]
    public void Options_AreLookedAt_AtTheStart(string link, string? email, string? fault)
    {
        var options = new GuideOptions { Email = email };
        options.Links.Add("Course", new Uri(link, UriKind.RelativeOrAbsolute));
        Assert.Equal(fault, new GuideOptionsValidator().Validate(null, options).FailureMessage);
    }
}

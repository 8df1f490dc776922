using Coordination.Dashboard.Exercises;
using Coordination.Dashboard.Exercises.Publishing;
using Microsoft.Extensions.Configuration;

namespace Coordination.Pages.Tests.Exercises;

/// <summary>An address where the public reads, or any account publishes, is refused at the start, whatever it is called.</summary>
public sealed class ExerciseOptionsTests
{
    private const string Key = "an-exercise-key-of-a-test";

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("http://127.0.0.1:8090/", Key, null)]
    [InlineData("https://sandbox.wmfs.example/", Key, null)]
    [InlineData("http://127.0.0.1:8090/", "short", "Exercises:Key")]
    [InlineData("http://127.0.0.1:8090/", null, "Exercises:Key")]
    [InlineData("http://sandbox.wmfs.example/", Key, "has to be https")]
    [InlineData("ftp://sandbox.wmfs.example/", Key, "no web address")]
    [InlineData("https://sandbox.wmfs.example/other", Key, "no web address")]
    [InlineData("https://user@sandbox.wmfs.example/", Key, "no web address")]
    [InlineData("https://bsky.social/", Key, "which is the public's")]
    [InlineData("https://Graph.Facebook.com/", Key, "which is the public's")]
    [InlineData("https://social.wmfs.example/", Key, "where the account mastodon/wmfs publishes")]
    [InlineData("https://SOCIAL.wmfs.example:8443/", Key, "where the account mastodon/wmfs publishes")]
    [InlineData("http://localhost:4100/", Key, "where the account bluesky/wmfs publishes")]
    public void Address_IsRefused_WhenItIsNoSandboxOfOurs(string? address, string? key, string? fault)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Connections:mastodon/wmfs:Server"] = "https://social.wmfs.example/",
            ["Connections:bluesky/wmfs:Server"] = "http://127.0.0.1:4100",
            ["Connections:x/wmfs:Server"] = "no address",
        }).Build();
        var result = new ExerciseOptionsValidator(configuration).Validate(null, new ExerciseOptions { Sandbox = address is null ? null : new Uri(address), Key = key });
        Assert.Equal(fault is not null, result.Failed);
        if (fault is not null)
        {
            Assert.Contains(fault, result.FailureMessage, StringComparison.Ordinal);
        }
    }
}

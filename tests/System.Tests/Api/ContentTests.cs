using Coordination.SystemTests.Support;

namespace Coordination.SystemTests.Api;

/// <summary>A text is looked through without anything being kept.</summary>
public sealed class ContentTests(ServiceFixture fixture) : IDisposable
{
    private readonly ApiClient _holder = fixture.As(Roles.Holder);

    [Fact]
    public async Task Check_QuotesTheWordsAndTheOrder()
    {
        var findings = (await _holder.PostAsync("/api/content/check", new { text = "Ring Jo on 0121 496 0123. See bit.ly/x." })).Expect(HttpStatusCode.OK).Json["findings"]!.AsArray();
        Assert.Equal([("phone", "0121 496 0123"), ("link", "bit.ly")], findings.Select(f => (f!.Text("rule"), f!.Text("quote"))));
        Golden.Match("content-finding", findings[0]!);
        Assert.Empty((await _holder.PostAsync("/api/content/check", new { text = "Test your smoke alarm today." })).Expect(HttpStatusCode.OK).Json["findings"]!.AsArray());
    }

    [Fact]
    public async Task Check_SaysWhatIsWrongWithTheQuestion()
    {
        (await _holder.PostAsync("/api/content/check", new { })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "text-missing");
        (await _holder.PostAsync("/api/content/check", new { text = new string('a', 65_001) })).ExpectProblem(HttpStatusCode.UnprocessableEntity, "text-too-long");
    }

    public void Dispose() => _holder.Dispose();
}

namespace Coordination.Browser.Tests.Hostile;

/// <summary>Every kind of page by every role, while hostile words stand in every field: nothing breaks, and nothing of them runs.</summary>
[Collection(HostileCollection.Name)]
public sealed class CrawlTests(Product product)
{
    private const int Most = 150;

    // Addresses that nobody links to, as somebody may type them.
    private static readonly string[] Typed =
    [
        "/", "/?view=table&q=%22%3E%3Cimg%20src%3Dx%20onerror%3D%22window.owned%3D1%22%3E", "/journal?person=%3Csvg%20onload%3Dwindow.owned%3D1%3E", "/accounts/x/..%2F..%2Fetc%2Fpasswd",
        "/accounts/%22%3E%3Cimg/x", "/holds/%3Cscript%3Ewindow.owned=1%3C%2Fscript%3E", "/messages/not-a-guid", "/incidents/file/%27%20or%201%3D1--", "/calendar?view=list&from=9999-99-99", "/nowhere/at/all",
        "/compose?account=%00&text=%22%3E%3Csvg%20onload%3Dwindow.owned%3D1%3E", "/holds/new?incident=%22%3E%3Cimg%20src%3Dx%20onerror%3Dwindow.owned%3D1%3E", "/exports?kind=nothing", "/proofs?hold=%3Cimg%3E",
    ];

    private static readonly bool Long = string.Equals(Environment.GetEnvironmentVariable("WMFS_ALL"), "1", StringComparison.Ordinal);

    /// <summary>Who looks around; in an ordinary run who sees most.</summary>
    public static TheoryData<string, int> People { get; } = Long
        ? new() { { "rowan-demo", 30 }, { "sam-demo", 30 }, { "casey-demo", 12 }, { "robin-demo", 10 }, { "morgan-demo", 15 }, { "frankie-demo", 10 } }
        : new() { { "rowan-demo", 30 } };

    private static readonly SemaphoreSlim Gate = new(1);
    private static bool _written;

    [Theory]
    [MemberData(nameof(People))]
    public async Task EveryPage_Stands_AndNothingHostileRuns(string person, int pages)
    {
        var page = await product.OpenAsync("/", person);
        await WriteOnceAsync();
        var crawler = new Crawler(page, product.Service.BaseAddress, Long ? 40 : 10);

        await crawler.RunAsync(Typed, Most);

        TestContext.Current.TestOutputHelper?.WriteLine($"{crawler.Visited.Count} pages, {crawler.Pressed} buttons, hostile words on {crawler.Shown}: {string.Join(' ', crawler.Visited)}");
        Assert.Empty(crawler.Broken);
        Assert.True(crawler.Visited.Count >= pages, $"Only {crawler.Visited.Count} kinds of page were found: {string.Join(' ', crawler.Visited)}");

        Assert.True(crawler.Pressed >= pages, $"Only {crawler.Pressed} buttons were pressed.");

        // The crawl is worth something only where it meets them.
        Assert.True(crawler.Shown >= 5, $"Hostile words were seen on {crawler.Shown} pages only.");
        await page.Context.CloseAsync();
    }

    private async Task WriteOnceAsync()
    {
        await Gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_written)
            {
                await new HostileTexts(product.Service).WriteAsync();
                _written = true;
            }
        }
        finally
        {
            Gate.Release();
        }
    }
}

/// <summary>A product of its own: what these tests leave in it is seen by no other.</summary>
[CollectionDefinition(Name)]
public sealed class HostileCollection : ICollectionFixture<Product>
{
    public const string Name = "hostile product";
}

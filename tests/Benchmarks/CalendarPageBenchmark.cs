using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Coordination.Testing;
using Microsoft.Playwright;
using static Coordination.Benchmarks.Load;

namespace Coordination.Benchmarks;

/// <summary>The calendar's month in a real browser, with few posts and with 20,000: until the first post is seen, and what a page that stays open keeps in the server.</summary>
internal static class CalendarPageBenchmark
{
    private const string Chromium = "/usr/bin/chromium-headless-shell";
    private const int AtOnce = 1;

    public static async Task RunAsync(bool quick)
    {
        if (!File.Exists(Chromium))
        {
            Console.WriteLine($"The calendar's page was not measured: {Chromium} is missing (package chromium-headless-shell).\n");
            return;
        }

        using var folder = new TemporaryFolder("calendar-page");
        await using var service = await RunningService.StartAsync(new RunningServiceOptions { DataDirectory = folder.Path });
        var today = TimeProvider.System.GetUtcNow();
        var (busy, calm) = (FirstOf(today.AddMonths(2)), FirstOf(today.AddMonths(3)));
        using var api = await service.ClientAsync("comms-manager");
        var accounts = await AccountsAsync(api);
        var many = await ScheduleAsync(api, accounts, busy, quick ? 2_000 : 20_000);
        var few = await ScheduleAsync(api, accounts, calm, accounts.Length);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        await using var context = await SignInAsync(browser, service.BaseAddress);
        var (paintFew, paintMany) = (new List<double>(), new List<double>());
        for (var round = 0; round < (quick ? 5 : 30) + 3; round++)
        {
            var (a, b) = (await PaintAsync(context, calm), await PaintAsync(context, busy));
            if (round >= 3)
            {
                paintFew.Add(a);
                paintMany.Add(b);
            }
        }

        var pages = quick ? 5 : 20;
        var (keptFew, keptMany) = (await KeptAsync(context, service, calm, pages), await KeptAsync(context, service, busy, pages));
        Console.WriteLine("| a month in the browser | first post seen, p50 | p99 | against the month with few, p50 | memory of an open page |\n| --- | --- | --- | --- | --- |");
        Console.WriteLine(Row(few, paintFew, paintFew, keptFew));
        Console.WriteLine(Row(many, paintMany, paintFew, keptMany));
        Console.WriteLine();
    }

    private static async Task<string[]> AccountsAsync(HttpClient api)
    {
        var page = await api.GetFromJsonAsync<JsonElement>("/api/accounts?state=open&limit=200");
        return [.. page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("key").GetString()!)];
    }

    // Through the product, one message to all accounts after the other, by day and far from the quiet hours.
    private static async Task<int> ScheduleAsync(HttpClient api, string[] accounts, DateTimeOffset month, int atLeast)
    {
        var messages = (atLeast + accounts.Length - 1) / accounts.Length;
        await Parallel.ForEachAsync(Enumerable.Range(0, messages), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, cancellation) =>
        {
            var (operation, wish) = (Guid.NewGuid().ToString(), new { text = string.Create(CultureInfo.InvariantCulture, $"Test your smoke alarm, edition {i}."), accounts, dueAt = month.AddDays(i % 28).AddHours(9).AddMinutes(i / 28 * 60) });
            var open = accounts.Length;
            for (var tries = 0; open > 0; tries++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = JsonContent.Create(wish), Headers = { { "Idempotency-Key", operation } } };
                using var answer = await api.SendAsync(request, cancellation);
                open = !answer.IsSuccessStatusCode ? open : (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation)).GetProperty("posts").EnumerateArray().Count(p => p.TryGetProperty("refusal", out _));

                // So many at once keep the machine so busy that an answer is lost here and there: asked again under the same id.
                if (tries > 20)
                {
                    throw new InvalidOperationException($"{open} posts were not scheduled.");
                }
            }
        });
        return messages * accounts.Length;
    }

    private static async Task<IBrowserContext> SignInAsync(IBrowser browser, Uri address)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { BaseURL = address.AbsoluteUri, ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, Locale = "en-GB" });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?returnUrl=%2Fcalendar");
        await page.Locator("button[value=rowan-demo]").ClickAsync();
        await page.Locator("h1").WaitForAsync();
        await page.CloseAsync();
        return context;
    }

    private static async Task<double> PaintAsync(IBrowserContext context, DateTimeOffset month)
    {
        var page = await context.NewPageAsync();
        var began = TimeProvider.System.GetTimestamp();
        await ShowAsync(page, month);
        var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;

        // Left as a person leaves it: the server forgets the page at once.
        await page.GotoAsync("about:blank");
        await page.CloseAsync();
        return took;
    }

    // Pages that stay open, to the end, less what the process held before them: what the machine has to give for them, garbage included.
    private static async Task<double> KeptAsync(IBrowserContext context, RunningService service, DateTimeOffset month, int pages)
    {
        var process = service.Running("Coordination.Dashboard")[0];
        var before = Resident(process);
        for (var i = 0; i < pages; i++)
        {
            var page = await context.NewPageAsync();
            await ShowAsync(page, month);
            await page.Locator(".live.good").WaitForAsync();
        }

        return (Resident(process) - before) / 1024.0 / pages;
    }

    // In KiB, as the kernel counts it.
    private static long Resident(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);

    private static async Task ShowAsync(IPage page, DateTimeOffset month)
    {
        await page.GotoAsync(string.Create(CultureInfo.InvariantCulture, $"/calendar?view=Month&date={month:yyyy-MM-dd}"), new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await page.Locator(".cal .it").First.WaitForAsync();
    }

    private static DateTimeOffset FirstOf(DateTimeOffset at) => new(at.Year, at.Month, 1, 0, 0, 0, TimeSpan.Zero);

    private static string Row(int posts, List<double> paint, List<double> few, double kept) =>
        $"| {posts:N0} posts | {Number(Percentile(paint, 0.5))} ms | {Number(Percentile(paint, 0.99))} ms | {Number(Percentile(paint, 0.5) / Percentile(few, 0.5))} | {Number(kept)} MiB |";
}

using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace Coordination.SystemTests.Support;

/// <summary>The exercise network of a running service, as the one who has its key sees it.</summary>
public sealed class ExerciseRecord : IDisposable
{
    private readonly HttpClient _http;

    private ExerciseRecord(Uri address, string key)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Finds that of a service by its data folder.</summary>
    public static async Task<ExerciseRecord> OfAsync(string data) => new(
        new Uri(await File.ReadAllTextAsync(Path.Combine(data, "sandbox-address"))), (await File.ReadAllTextAsync(Path.Combine(data, "exercise-key"))).Trim());

    /// <summary>What went out: the stand-in and its text, by stand-in.</summary>
    public async Task<IReadOnlyList<(string Username, string Text)>> LinesAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonArray>("/exercise/api/lines"))!.Select(l => (l!.Text("username"), l!.Text("text"))).OrderBy(l => l.Item1, StringComparer.Ordinal)];

    /// <summary>A page of the sandbox, as everybody sees it.</summary>
    public async Task<string> PageAsync(string path)
    {
        using var anybody = new HttpClient { BaseAddress = _http.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
        return await anybody.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    /// <summary>The name of an account's stand-in.</summary>
    public static string StandInOf(string account) => "exercise_" + account.Replace('/', '_');

    public void Dispose() => _http.Dispose();
}

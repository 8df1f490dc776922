using System.Net.Http.Json;
using System.Text.Json;
using Connectors.Tests.Sandbox;
using Connectors.Tests.Support;
using Coordination.Connectors;
using Coordination.Domain.Platforms;
using Coordination.Domain.Posts;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Connectors.Tests.X;

/// <summary>Images in pieces: cut off anywhere, the upload goes on where it was, whoever goes on.</summary>
public sealed class XMediaTests(SandboxFixture fixture)
{
    private const int Piece = 10_000;
    private readonly SandboxProcess _sandbox = fixture.Sandbox;

    [Fact]
    public async Task Images_GoOutWithTheirPost_WithTheirDescriptions_ByteForByte()
    {
        var account = await _sandbox.OwnAsync("x");
        var images = new[] { Image(4 * Piece, "An engine & its crew"), Image(Piece + 1, "A map") };
        await using var services = Services();
        var ready = Assert.IsType<PrepareResult.Ready>(await PrepareAsync(services, account, images, new HandlesInMemory()));
        Assert.Empty(await _sandbox.RequestsAsync(account));
        var request = Requests.New("Open day") with { Attachment = ready.Attachment };
        var published = Assert.IsType<PublishResult.Published>(await X(services).PublishAsync(account, request, default));

        using var client = _sandbox.Client(account);
        var shown = (await client.GetFromJsonAsync<JsonElement>("/api/v1/statuses/" + published.RemoteId)).GetProperty("media_attachments").EnumerateArray().ToList();
        Assert.Equal(["An engine & its crew", "A map"], shown.Select(m => m.GetProperty("description").GetString()));
        Assert.Equal(images[0].Bytes.ToArray(), await client.GetByteArrayAsync(shown[0].GetProperty("url").GetString()));

        // The address that X puts after the words for the images is none of the words.
        Assert.Equal(published.RemoteId, Assert.IsType<FindResult.Found>(await X(services).FindByKeyAsync(account, Requests.Find(request), default)).RemoteId);
        Assert.Equal([[0, 1, 2, 3], [0, 1]], (await _sandbox.UploadsOfAsync(account)).Select(u => u.Pieces));
    }

    public static TheoryData<string, int, int[]> Cuts => new()
    {
        { "reset", 0, [0, 1, 2, 3] }, { "reset", 2, [0, 1, 2, 3] }, { "reset", 3, [0, 1, 2, 3] }, { "fail", 1, [0, 1, 2, 3] },
        { "drop-answer", 0, [0, 0, 1, 2, 3] }, { "drop-answer", 2, [0, 1, 2, 2, 3] }, { "garbage", 3, [0, 1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Upload_CutAtAPiece_GoesOnThere_InAnotherProcess(string mode, int piece, int[] came)
    {
        var account = await _sandbox.OwnAsync("x");
        var (images, handles) = (new[] { Image(4 * Piece) }, new HandlesInMemory());
        await _sandbox.FaultAsync(account, mode, path: "/append", skip: piece);
        await using (var first = Services())
        {
            // Whatever a piece is answered with below 300 says that it is there.
            Assert.True(await PrepareAsync(first, account, images, handles) is PrepareResult.NotReady { NeedsAttention: false } || mode is "garbage");
        }

        await using var second = Services();
        Assert.IsType<PrepareResult.Ready>(await PrepareAsync(second, account, images, handles));
        var upload = Assert.Single(await _sandbox.UploadsOfAsync(account));
        Assert.Equal(came, upload.Pieces);
        Assert.True(upload.Done);

        // All of it is there: nothing is sent again.
        Assert.IsType<PrepareResult.Ready>(await PrepareAsync(second, account, images, handles));
        Assert.Equal(came, Assert.Single(await _sandbox.UploadsOfAsync(account)).Pieces);
    }

    [Theory]
    [InlineData("drop-answer", "/finalize")]
    [InlineData("reset", "/finalize")]
    [InlineData("fail", "/finalize")]
    [InlineData("reset", "/metadata")]
    [InlineData("fail", "/metadata")]
    public async Task Upload_CutAfterItsPieces_SendsNoneOfThemAgain(string mode, string path)
    {
        var account = await _sandbox.OwnAsync("x");
        var (images, handles) = (new[] { Image(3 * Piece) }, new HandlesInMemory());
        await _sandbox.FaultAsync(account, mode, path: path);
        await using var services = Services();
        Assert.IsType<PrepareResult.NotReady>(await PrepareAsync(services, account, images, handles));
        var ready = Assert.IsType<PrepareResult.Ready>(await PrepareAsync(services, account, images, handles));
        var upload = Assert.Single(await _sandbox.UploadsOfAsync(account));
        Assert.Equal([0, 1, 2], upload.Pieces);

        var published = Assert.IsType<PublishResult.Published>(await X(services).PublishAsync(account, Requests.New() with { Attachment = ready.Attachment }, default));
        using var client = _sandbox.Client(account);
        var status = await client.GetFromJsonAsync<JsonElement>("/api/v1/statuses/" + published.RemoteId);
        Assert.Equal("An engine", status.GetProperty("media_attachments")[0].GetProperty("description").GetString());
    }

    [Fact]
    public async Task Upload_IsBegunAnew_WhereItEndsSoon_OrIsOfAnotherImage_OrIsNotGoneOnWith()
    {
        var account = await _sandbox.OwnAsync("x");
        var handles = new HandlesInMemory();
        await using var services = Services();
        Assert.IsType<PrepareResult.Ready>(await PrepareAsync(services, account, [Image(2 * Piece)], handles));
        Assert.IsType<PrepareResult.Ready>(await PrepareAsync(services, account, [Image(3 * Piece)], handles));
        Assert.Equal(2, (await _sandbox.UploadsOfAsync(account)).Count);

        var kept = (await handles.FindAsync("image-0", default))!;
        await handles.NoteAsync("image-0", kept with { ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(5) }, default);
        Assert.IsType<PrepareResult.Ready>(await PrepareAsync(services, account, [Image(3 * Piece)], handles));
        Assert.Equal(3, (await _sandbox.UploadsOfAsync(account)).Count);

        // A platform that has forgotten it says so once; the try after that begins anew.
        kept = (await handles.FindAsync("image-0", default))!;
        await handles.KeepAsync("image-0", kept with { Handle = "123", Complete = false, Pieces = 1 }, kept, default);
        Assert.IsType<PrepareResult.NotReady>(await PrepareAsync(services, account, [Image(3 * Piece)], handles));
        Assert.IsType<PrepareResult.Ready>(await PrepareAsync(services, account, [Image(3 * Piece)], handles));
        Assert.Equal(4, (await _sandbox.UploadsOfAsync(account)).Count);
    }

    public static TheoryData<string, int?, string> Failures => new()
    {
        { "fail", 503, "again" }, { "fail", 500, "again" }, { "fail", 429, "again" }, { "reset", null, "again" }, { "garbage", null, "again" }, { "drop-answer", null, "again" },
        { "fail", 401, "person" }, { "fail", 403, "person" }, { "fail", 400, "never" }, { "fail", 413, "never" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Prepare_SaysWhetherItMayBeTriedAgain(string mode, int? status, string then)
    {
        var account = await _sandbox.OwnAsync("x");
        var handles = new HandlesInMemory();
        await _sandbox.FaultAsync(account, mode, status: status ?? 500);
        await using var services = Services();
        var result = await PrepareAsync(services, account, [Image(100)], handles);
        Assert.Equal(then, result switch
        {
            PrepareResult.NotReady { NeedsAttention: true } => "person",
            PrepareResult.NotReady => "again",
            PrepareResult.Refused { Cause: FailureCause.Image, Says: "The sandbox was told to fail" } => "never",
            _ => "ready",
        });
        Assert.IsType<PrepareResult.Ready>(await PrepareAsync(services, account, [Image(100)], handles));
    }

    private static ServiceProvider Services() => SandboxFixture.Services(o => o.UploadPieceBytes = Piece);

    private static IPlatformConnector X(ServiceProvider services) => SandboxFixture.Connector(services, Platform.X);

    private static Task<PrepareResult> PrepareAsync(ServiceProvider services, ConnectorAccount account, IReadOnlyList<OutboundImage> images, HandlesInMemory handles) =>
        X(services).PrepareAsync(account, new PrepareRequest("Open day", images, null, handles), default);

    private static OutboundImage Image(int size, string alt = "An engine") => new(Enumerable.Range(0, size).Select(i => (byte)(i * 7)).ToArray(), "image/jpeg", 40, 30, alt);
}

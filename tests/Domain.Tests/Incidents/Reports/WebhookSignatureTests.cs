using System.Globalization;
using System.Text;
using Coordination.Domain.Incidents.Reports;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Incidents.Reports;

public sealed class WebhookSignatureTests
{
    // The example of the standard's reference libraries.
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly DateTimeOffset s_sent = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);
    private static readonly TimeSpan s_tolerance = TimeSpan.FromMinutes(5);
    private static readonly byte[] s_body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly WebhookSecret s_secret = Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static readonly WebhookSecret s_other = Secret("whsec_" + Convert.ToBase64String(Enumerable.Repeat((byte)7, 64).ToArray()));

    [Fact]
    public void Sign_Makes_TheKnownSignature() => Assert.Equal(Signature, WebhookSignature.Sign(s_secret, Id, s_sent, s_body));

    [Fact]
    public void Verify_Takes_TheKnownSignature() => Assert.Equal(WebhookVerdict.Valid, Verify());

    [Theory]
    [InlineData(null, Timestamp, Signature)]
    [InlineData("", Timestamp, Signature)]
    [InlineData(Id, null, Signature)]
    [InlineData(Id, "", Signature)]
    [InlineData(Id, Timestamp, null)]
    [InlineData(Id, Timestamp, "")]
    public void Verify_SaysMissingHeaders_WhenOneIsNotThere(string? id, string? timestamp, string? signatures) =>
        Assert.Equal(WebhookVerdict.MissingHeaders, WebhookSignature.Verify([s_secret], id, timestamp, signatures, s_body, s_sent, s_tolerance));

    [Theory]
    [InlineData("1614265330.0")]
    [InlineData("-1614265330")]
    [InlineData("+1614265330")]
    [InlineData(" 1614265330")]
    [InlineData("1614265330 ")]
    [InlineData("1614265330Z")]
    [InlineData("0x60380000")]
    [InlineData("999999999999")]
    [InlineData("99999999999999999999")]
    [InlineData("0001614265330")]
    [InlineData("\u0661\u0666\u0661\u0664")]
    public void Verify_SaysBadTimestamp_WhenItIsNoSeconds(string timestamp) => Assert.Equal(WebhookVerdict.BadTimestamp, Verify(timestamp: timestamp));

    [Theory]
    [InlineData("a b")]
    [InlineData("a.1")]
    [InlineData("\u00e9")]
    [InlineData("a\u007f")]
    [InlineData(" ")]
    public void Verify_SaysBadId_WhenItCouldBeTakenForSomethingElse(string id)
    {
        Assert.Equal(WebhookVerdict.BadId, Verify(id: id));
        Assert.Throws<ArgumentException>(() => WebhookSignature.Sign(s_secret, id, s_sent, s_body));
    }

    [Theory]
    [InlineData(1, WebhookVerdict.Valid)]
    [InlineData(WebhookSignature.MaxIdLength, WebhookVerdict.Valid)]
    [InlineData(WebhookSignature.MaxIdLength + 1, WebhookVerdict.BadId)]
    public void Verify_TakesIds_UpToTheLimit(int length, WebhookVerdict verdict)
    {
        var id = new string('~', length);
        var signature = verdict is WebhookVerdict.Valid ? WebhookSignature.Sign(s_secret, id, s_sent, s_body) : Signature;
        Assert.Equal(verdict, Verify(id: id, signatures: signature));
    }

    [Theory]
    [InlineData(-301, WebhookVerdict.TooNew)]
    [InlineData(-300, WebhookVerdict.Valid)]
    [InlineData(300, WebhookVerdict.Valid)]
    [InlineData(301, WebhookVerdict.TooOld)]
    public void Verify_TakesTimes_WithinTheTolerance(int secondsLater, WebhookVerdict verdict) => Assert.Equal(verdict, Verify(secondsLater: secondsLater));

    [Theory]
    [InlineData("v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= " + Signature, WebhookVerdict.Valid)]
    [InlineData("v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== " + Signature, WebhookVerdict.Valid)]
    [InlineData("  " + Signature + "  v2,x ", WebhookVerdict.Valid)]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookVerdict.NoMatch)]
    [InlineData("V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookVerdict.NoMatch)]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebhookVerdict.NoMatch)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", WebhookVerdict.NoMatch)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=", WebhookVerdict.NoMatch)]
    [InlineData("v1,", WebhookVerdict.NoMatch)]
    [InlineData("v1,\ud800", WebhookVerdict.NoMatch)]
    [InlineData(" ", WebhookVerdict.NoMatch)]
    public void Verify_LooksAtEachSignature_OfItsOwnVersion(string signatures, WebhookVerdict verdict) => Assert.Equal(verdict, Verify(signatures: signatures));

    [Theory]
    [InlineData(WebhookSignature.MaxSignatures, WebhookVerdict.Valid)]
    [InlineData(WebhookSignature.MaxSignatures + 1, WebhookVerdict.NoMatch)]
    public void Verify_LooksAtNoMoreSignatures_ThanTheLimit(int count, WebhookVerdict verdict) =>
        Assert.Equal(verdict, Verify(signatures: string.Join(' ', Enumerable.Repeat("v2,x", count - 1).Prepend(Signature))));

    [Fact]
    public void Verify_TakesAnyOfTheSecrets_WhileOneIsReplaced()
    {
        Assert.Equal(WebhookVerdict.Valid, Verify(secrets: [s_other, s_secret]));
        Assert.Equal(WebhookVerdict.Valid, Verify(secrets: [s_secret, s_other]));
        Assert.Equal(WebhookVerdict.NoMatch, Verify(secrets: [s_other]));
        Assert.Equal(WebhookVerdict.NoMatch, Verify(secrets: []));
    }

    [Fact]
    public void Verify_Takes_WhatWasSigned() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Long[0, 253_402_300_799], Gen.Char['!', '~'].Array[1, 128]).SampleSeeded(
            (body, seconds, letters) =>
            {
                var id = new string(letters).Replace('.', '_');
                var sent = DateTimeOffset.FromUnixTimeSeconds(seconds);
                var signature = WebhookSignature.Sign(s_other, id, sent, body);
                return WebhookSignature.Verify([s_other], id, seconds.ToString(CultureInfo.InvariantCulture), signature, body, sent, TimeSpan.Zero) is WebhookVerdict.Valid;
            },
            iter: 500);

    [Fact]
    public void Verify_Refuses_AnyFlippedBit()
    {
        var refused = 0;
        for (var bit = 0; bit < s_body.Length * 8; bit++, refused++)
        {
            Assert.Equal(WebhookVerdict.NoMatch, Verify(body: Flipped(s_body, bit)));
        }

        foreach (var (text, verify) in new (string, Func<string, WebhookVerdict>)[] { (Id, t => Verify(id: t)), (Timestamp, t => Verify(timestamp: t)), (Signature, t => Verify(signatures: t)) })
        {
            var bytes = Encoding.Latin1.GetBytes(text);
            for (var bit = 0; bit < bytes.Length * 8; bit++, refused++)
            {
                var changed = Encoding.Latin1.GetString(Flipped(bytes, bit));
                Assert.True(verify(changed) is not WebhookVerdict.Valid, changed);
            }
        }

        Assert.Equal(8 * (s_body.Length + Id.Length + Timestamp.Length + Signature.Length), refused);
    }

    [Fact]
    public void Verify_Refuses_AFlippedBit_EvenWhenTheTimeIsNotLookedAt()
    {
        // So that it is the signature that refuses another time, not only the tolerance.
        for (var digit = 0; digit < Timestamp.Length; digit++)
        {
            var changed = Timestamp.ToCharArray();
            changed[digit] = changed[digit] is '9' ? '8' : (char)(changed[digit] + 1);
            Assert.Equal(
                WebhookVerdict.NoMatch, WebhookSignature.Verify([s_secret], Id, new string(changed), Signature, s_body, s_sent, TimeSpan.FromDays(365_000)));
        }
    }

    private static WebhookVerdict Verify(
        string id = Id, string timestamp = Timestamp, string signatures = Signature, byte[]? body = null, int secondsLater = 0, IReadOnlyList<WebhookSecret>? secrets = null) =>
        WebhookSignature.Verify(secrets ?? [s_secret], id, timestamp, signatures, body ?? s_body, s_sent.AddSeconds(secondsLater), s_tolerance);

    private static byte[] Flipped(byte[] bytes, int bit)
    {
        byte[] changed = [.. bytes];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private static WebhookSecret Secret(string text) => WebhookSecret.TryParse(text, out var secret) ? secret : throw new ArgumentException("No secret.", nameof(text));
}

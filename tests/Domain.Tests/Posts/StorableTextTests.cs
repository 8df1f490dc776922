using System.Text;
using Coordination.Domain.Posts;
using Coordination.Domain.Tests.Accounts;
using CsCheck;
using Xunit;

namespace Coordination.Domain.Tests.Posts;

public sealed class StorableTextTests
{
    private static readonly Gen<string> Any = Gen.Frequency(
        (6, Gen.Char['a', 'z']), (1, Gen.Const('\0')), (2, Gen.Char['\uD800', '\uDBFF']), (2, Gen.Char['\uDC00', '\uDFFF'])).Array[0, 12].Select(c => new string(c));

    [Theory]
    [InlineData("")]
    [InlineData("Fire at Aston, keep windows shut")]
    [InlineData("\U0001F692 and \U0001F9D1\u200D\U0001F692")]
    [InlineData("line\nline\ttab")]
    public void Check_Accepts_WhatCanBeKept(string text) => Assert.Null(StorableText.Check("text", text));

    // A half pair does not survive in an attribute, which is kept as UTF-8.
    [Fact]
    public void PostText_Refuses_WhatCannotBeKept() => Assert.All(
        ["\0", "a\0b", "\uD83D", "\uDE92", "ab\uD83D", "\uDE92\uD83D", "\uD83D\uD83D\uDE92"],
        (string text) =>
        {
            var refusal = PostText.Check(Given.Key, text);
            Assert.Equal("text-not-storable", refusal?.Code);
            Assert.Contains(Given.Key.Value, refusal!.Reason, StringComparison.Ordinal);
        });

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    public void PostText_Refuses_NoText(string text) => Assert.Equal("text-empty", PostText.Check(Given.Key, text)?.Code);

    [Fact]
    public void Fits_Agrees_WithUtf8() => Any.SampleSeeded(text => StorableText.Fits(text) == (!text.Contains('\0') && IsUtf16(text)));

    [Fact]
    public void Clean_CanAlwaysBeKept_AndKeepsWhatCould() => Gen.Select(Any, Gen.Int[1, 14]).SampleSeeded((text, longest) =>
    {
        var clean = StorableText.Clean(text, longest);
        return StorableText.Fits(clean) && clean.Length <= longest && (!StorableText.Fits(text) || text.StartsWith(clean, StringComparison.Ordinal));
    });

    private static bool IsUtf16(string text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}

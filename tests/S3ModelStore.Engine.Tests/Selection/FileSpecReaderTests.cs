using System.Text;
using System.Text.Json;
using CsCheck;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Selection;
using Xunit;

namespace S3ModelStore.Engine.Tests.Selection;

public sealed class FileSpecReaderTests
{
    private const string One = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private const string Two = "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD";

    private static readonly S3ModelFileSpec[] Expected =
    [
        new() { Path = "config.json", Size = 0, Sha256 = One },
        new() { Path = "a/b c.bin", Size = 5_000_000_000, Sha256 = Two.ToLowerInvariant() },
        new() { Path = "only name" },
    ];

    public static TheoryData<string, string> Formats => new()
    {
        { "array", $$$"""[{"path":"config.json","size":0,"sha256":"{{{One}}}"},{"Path":"./a/b c.bin","SIZE":"5000000000","Sha256":"{{{Two}}}","more":{"x":[1]}},{"path":"only name","size":null},]""" },
        { "object", $$$"""{"version":1,"files":[{"path":"config.json","size":0,"digest":"SHA256:{{{One}}}"},{"path":"a/b c.bin","size":5000000000,"digest":"sha256:{{{Two}}}"},{"path":"only name","digest":"CRC64NVME:AA=="}],"x":[]}""" },
        { "CSV", $"Path,Size,Sha256\r\nconfig.json,0,{One}\r\n\"./a/b c.bin\",5000000000,{Two}\r\n\r\nonly name,,\r\n" },
        { "CSV of Export-Csv", $"#TYPE System.Object\n\"Extra\",\"sha256\",\"PATH\",\"size\"\n\"a,\"\"b\",\"{One}\",\"config.json\",\"0\"\n\"x\n y\",\"{Two}\",\"a/b c.bin\",\" 5000000000 \"\n,,only name" },
        { "results as JSON", $$$"""{"Uri":"s3://b/m","Files":[{"RelativePath":"config.json","Path":"/d/config.json","Size":0,"Checksum":"SHA256:{{{One}}}"},{"Path":"/d/b","RelativePath":"a/b c.bin","Size":5000000000,"Checksum":"SHA256:{{{Two}}}"},{"RelativePath":"only name","Checksum":"MD5:00"}]}""" },
        { "results as CSV", $"Path,RelativePath,Size,Checksum\n/d/config.json,config.json,0,SHA256:{One}\n/d/b,a/b c.bin,5000000000,SHA256:{Two}\n/d/n,only name,,MD5:00" },
        { "CSV with semicolons", $"path;size;sha256\nconfig.json;0;{One}\na/b c.bin;5000000000;{Two}\nonly name" },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Each_format_says_the_same(string name, string text)
    {
        Assert.NotEmpty(name);
        Assert.Equal(Expected, FileSpecReader.Parse(text, "f"));
        Assert.Equal(Expected, FileSpecReader.Parse("\uFEFF" + text, "f"));
        Assert.Equal(Expected, FileSpecReader.Parse(" \n" + text, "f"));
    }

    [Fact]
    public void Checksum_lines_are_read_in_all_their_forms()
    {
        var text = $"""
            # made by hand

            {One}  plain name
            {Two} *./sub/binary
            {One}   begins with a space
            {One} short
            \{One}  line\nbreak
            SHA256 (a (1) = b.txt) = {Two}
            SHA2-256(openssl)= {One}
            """.ReplaceLineEndings("\r\n");

        Assert.Equal(
            ["plain name", "sub/binary", " begins with a space", "short", "line\nbreak", "a (1) = b.txt", "openssl"],
            FileSpecReader.Parse(text, "f").Select(s => s.Path));
        Assert.All(FileSpecReader.Parse(text, "f"), s => Assert.Null(s.Size));
        Assert.Equal(Two.ToLowerInvariant(), FileSpecReader.Parse(text, "f")[5].Sha256);
    }

    [Fact]
    public void Any_name_survives_quoting_and_escaping()
        => Gen.OneOf("a", "\"", ",", ";", "\n", "\r", " ", "n", "é", "=", ")", "(", "#").Array[1, 8].Select(string.Concat).Sample(
            name =>
            {
                var quoted = name.Replace("\"", "\"\"", StringComparison.Ordinal);
                Assert.Equal(name, FileSpecReader.Parse($"Size,Path\n1,\"{quoted}\"\n", "f")[0].Path);
                Assert.Equal(name, FileSpecReader.Parse(JsonSerializer.Serialize(new[] { new { Path = name } }), "f")[0].Path);
                var escaped = name.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
                Assert.Equal(name, FileSpecReader.Parse($"\\{One}  {escaped}\n", "f")[0].Path);
                Assert.Equal(name, FileSpecReader.Parse($"\\SHA256 ({escaped}) = {One}", "f")[0].Path);
            },
            iter: 20_000);

    [Fact]
    public void One_object_is_an_array_of_one()
        => Assert.Equal([Expected[2]], FileSpecReader.Parse("""{"path":"only name"}""", "f"));

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("# nothing\n", 0, "empty")]
    [InlineData("[]", 0, "names no file")]
    [InlineData("Path,Size\n", 0, "names no file")]
    [InlineData("hello\nworld", 1, "none of the formats")]
    [InlineData("\nSize,Sha256\n1,2", 2, "none of the formats")]
    [InlineData("[{\"path\":\"a\"},\n{\"path\":\"b\",\"size\":}]", 2, "valid JSON")]
    [InlineData("[{\"path\":\"a\"}", 1, "valid JSON")]
    [InlineData("[{\"path\":\"a\"}] x", 1, "valid JSON")]
    [InlineData("[\n\n1]", 3, "not an object")]
    [InlineData("{\"x\":\n[]}", 1, "neither a files array nor a path")]
    [InlineData("[\n{\"path\":\n7}]", 3, "path is not a text")]
    [InlineData("[\n{\"path\":\"a\",\"size\":true}]", 2, "size is not a number")]
    [InlineData("[\n{\"size\":1}]", 2, "path is missing")]
    [InlineData("[{\"path\":\"a\"},\n{\"path\":\"b\",\"size\":1.5}]", 2, "whole number")]
    [InlineData("[{\"path\":\"\\ud800\"}]", 1, "surrogate")]
    [InlineData("Path,Size\na,1\nb,-1", 3, "negative")]
    [InlineData("Path,Size\na,x", 2, "whole number")]
    [InlineData("Path,Size\na,9223372036854775808", 2, "whole number")]
    [InlineData("Path,Size\n\"a\nb\",1\nc,1,1", 4, "3 fields")]
    [InlineData("Path,Size\n\"a,1\n", 2, "no end")]
    [InlineData("Path,Sha256\na,abc", 2, "64 hexadecimal")]
    [InlineData("Path\n/etc/passwd", 2, "absolute")]
    [InlineData("Path\nC:/x", 2, "absolute")]
    [InlineData("Path\na\\b", 2, "backslash")]
    [InlineData("Path\na/../b", 2, "'..'")]
    [InlineData("Path\na//b", 2, "''")]
    [InlineData("Path\na/", 2, "''")]
    [InlineData("Path,Size\na,1\n./a,2", 3, "different sizes, 1 and 2")]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e  md5", 1, "64 hexadecimal")]
    [InlineData("# x\nSHA256 (a) = ", 2, "64 hexadecimal")]
    [InlineData("SHA256 (a", 1, "not followed")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\nwhat", 2, "not a checksum line")]
    [InlineData("\\e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\\tb", 1, "escape")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  ", 1, "path is missing")]
    public void What_cannot_be_understood_is_refused_by_file_and_line(string text, int line, string reason)
    {
        var error = Assert.Throws<ModelStoreException>(() => FileSpecReader.Parse(text, "specs.txt"));

        Assert.Equal(ModelStoreErrorCode.InvalidFileSpec, error.Code);
        Assert.StartsWith(line == 0 ? "'specs.txt': " : $"'specs.txt', line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(error.Remedy));
        Assert.Equal("specs.txt", error.Target);
    }

    [Fact]
    public void The_same_file_twice_is_one_and_what_was_unknown_is_filled_in()
        => Assert.Equal([Expected[0]], FileSpecReader.Parse($"Path,Size,Sha256\nconfig.json,0,\nconfig.json,,{One}\n./config.json,0,{One.ToUpperInvariant()}", "f"));

    [Fact]
    public void Files_are_read_in_the_encodings_PowerShell_writes()
    {
        var file = Path.GetTempFileName();
        try
        {
            foreach (var encoding in new Encoding[] { new UTF8Encoding(false), new UTF8Encoding(true), Encoding.Unicode })
            {
                File.WriteAllText(file, "Path\r\nmodèle.bin\r\n", encoding);
                Assert.Equal("modèle.bin", Assert.Single(FileSpecReader.Read(file)).Path);
            }

            File.WriteAllBytes(file, [.. "Path\n"u8, 0xFF, 0xC0]);
            Assert.Contains("UTF-8", Assert.Throws<ModelStoreException>(() => FileSpecReader.Read(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_file_that_is_missing_or_too_long_is_refused()
    {
        var directory = Directory.CreateTempSubdirectory("specs");
        try
        {
            var file = Path.Combine(directory.FullName, "large.json");
            using (var large = File.Create(file))
                large.SetLength(FileSpecReader.MaxFileSize + 1L);
            Assert.Contains("at most", Assert.Throws<ModelStoreException>(() => FileSpecReader.Read(file)).Message, StringComparison.Ordinal);
            foreach (var missing in new[] { file + ".no", directory.FullName })
            {
                var error = Assert.Throws<ModelStoreException>(() => FileSpecReader.Read(missing));
                Assert.Equal(ModelStoreErrorCode.InvalidFileSpec, error.Code);
                Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
                Assert.Equal(missing, error.Target);
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}

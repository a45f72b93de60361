using System.Globalization;
using System.Reflection;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Formatting;

public sealed class FormatTests : IDisposable
{
    private const long GB = 1L << 30;
    private readonly PowerShellEngine _engine = new();
    private readonly EngineObject _make;

    public FormatTests() => _make = new EngineObject(CmdletAssembly.From(_engine));

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Objects_are_a_table_with_the_path_last()
    {
        var lines = Show(_make.Create(
            "S3ModelObject",
            ("RelativePath", "sub/model.bin"), ("Size", (4 * GB) + (GB / 5)), ("LastModified", DateTimeOffset.UnixEpoch.AddDays(20000))));
        Assert.Matches("LastModified +Age +Size RelativePath$", lines[0]);
        Assert.Matches(@"^2024-10-0. \d\d:\d\d +(\d{3} d|\d+ y) +4.2 GB sub/model.bin$", lines[2]);
    }

    [Theory]
    [InlineData(0.5, "30 min")]
    [InlineData(30, "30 h")]
    [InlineData(24 * 50, "50 d")]
    [InlineData(24 * 365.25 * 3.5, "3 y")]
    [InlineData(-1, "0 min")]
    public void The_age_of_an_object_is_told_roughly(double hours, string age)
        => Assert.Contains($" {age} ", Show(_make.Create("S3ModelObject", ("RelativePath", "a"), ("LastModified", DateTimeOffset.UtcNow.AddHours(-hours).AddSeconds(-20))))[2], StringComparison.Ordinal);

    [Fact]
    public void A_store_that_tells_no_time_leaves_it_blank()
        => Assert.Matches("^ +0 B a$", Show(_make.Create("S3ModelObject", ("RelativePath", "a")))[2]);

    [Fact]
    public void File_results_are_a_table()
    {
        var lines = Show(_make.Create("S3ModelFileResult", ("RelativePath", "a.bin"), ("Size", 10L), ("Status", "Resumed"), ("Verification", "ETagMd5")));
        Assert.Matches("Status +Size Verification RelativePath$", lines[0]);
        Assert.Matches("^Resumed +10 B ETagMd5 +a.bin$", lines[2]);
    }

    [Fact]
    public void Planned_files_are_a_table()
    {
        var lines = Show(_make.Create("S3ModelPlannedFile", ("RelativePath", "a.bin"), ("Size", 2048L), ("State", "Partial"), ("BytesResumable", 1024L)));
        Assert.Matches("^Partial +2.0 KB +1.0 KB a.bin$", lines[2]);
    }

    [Fact]
    public void Extensions_are_a_table()
        => Assert.Matches("^.bin +1.?234 +3.0 GB$", Show(_make.CreateByConstructor("S3ModelExtensionSummary", ".bin", 1234, 3 * GB))[2]);

    [Fact]
    public void An_estimate_is_a_summary()
    {
        var lines = Show(_make.Create(
            "S3ModelDownloadEstimate",
            ("Uri", "s3://b/m"), ("FileCount", 3), ("TotalBytes", 3 * GB), ("BytesPresent", GB), ("BytesResumable", GB / 2), ("BytesToDownload", GB * 3 / 2),
            ("FreeBytes", 100 * GB), ("Fits", true), ("LargestFile", _make.Create("S3ModelPlannedFile", ("RelativePath", "a.bin"))),
            ("ByExtension", _make.List("S3ModelExtensionSummary", _make.CreateByConstructor("S3ModelExtensionSummary", ".bin", 2, GB), _make.CreateByConstructor("S3ModelExtensionSummary", "", 1, GB)))));
        Assert.Equal(
            ["Uri : s3://b/m", "Files : 3", "Total : 3.0 GB", "Present : 1.0 GB", "Resumable : 512.0 MB", "ToDownload : 1.5 GB", "LargestFile : a.bin", "ByExtension : .bin 2, (none) 1", "Free : 100.0 GB", "Fits : True"],
            Compact(lines));
    }

    [Fact]
    public void An_estimate_without_a_destination_says_nothing_of_free_space()
    {
        var lines = Show(_make.Create("S3ModelDownloadEstimate", ("Uri", "s3://b/m"), ("ByExtension", _make.List("S3ModelExtensionSummary"))));
        Assert.Equal(["Uri : s3://b/m", "Files : 0", "Total : 0 B", "Present : 0 B", "ToDownload : 0 B"], Compact(lines));
    }

    [Fact]
    public void A_result_ends_in_one_line_that_sums_it_up()
    {
        var lines = Show(Result(success: true, ("FilesDownloaded", 2), ("FilesUnchanged", 1), ("Verification", "FullObject")));
        Assert.Equal(
            ["Uri : s3://b/m", "Destination : /data/m", "Files : 2 downloaded, 0 resumed, 1 unchanged, 0 failed", "Total : 3.0 GB", "Downloaded : 2.0 GB", "Duration : 01:02:05", "Speed : 1.0 GB/s", "Verification : FullObject", "Success : True", "Summary : 3 files, 3.0 GB, are in place."],
            Compact(lines));
    }

    [Fact]
    public void A_result_of_a_repair_counts_what_was_repaired_and_removed()
    {
        var lines = Compact(Show(Result(success: true, ("FilesUnchanged", 5), ("FilesRepaired", 2), ("FilesRemoved", 1)))).ToArray();
        Assert.Contains("Files : 0 downloaded, 0 resumed, 5 unchanged, 2 repaired, 1 removed, 0 failed", lines);
        Assert.Equal("Summary : 7 files, 3.0 GB, are in place.", lines[^1]);
    }

    [Fact]
    public void A_look_without_the_source_says_what_it_found()
    {
        var files = "Damaged Missing Missing Foreign Present".Split(' ').Select(state => _make.Create("S3ModelPlannedFile", ("RelativePath", "f"), ("State", state))).ToArray();
        var lines = Compact(Show(_make.Create("S3ModelDownloadEstimate", ("ByExtension", _make.List("S3ModelExtensionSummary")), ("Files", _make.List("S3ModelPlannedFile", files)))));
        Assert.Contains("Found : 1 damaged, 2 missing, 1 foreign", lines);
    }

    [Fact]
    public void A_result_that_failed_names_the_files_and_what_to_do()
    {
        var failed = Enumerable.Range(1, 12).Select(i => _make.Create("S3ModelFileResult", ("RelativePath", $"f{i}.bin"), ("Status", "Failed"), ("ErrorCode", "AccessDenied"))).ToArray();
        var lines = Compact(Show(Result(success: false, ("FilesDownloaded", 2), ("FilesFailed", 12), ("Retries", 4), ("ErrorMessage", "12 of 14 files failed."), ("Files", _make.List("S3ModelFileResult", failed))))).ToArray();
        Assert.Equal(["Success : False", "Failed : f1.bin: AccessDenied", "f2.bin: AccessDenied"], lines[9..12]);
        Assert.Equal(["f10.bin: AccessDenied", "... and 2 more", "Summary : 12 of 14 files failed, 2 are in place. Run the same command again to continue."], lines[^3..]);
    }

    [Fact]
    public void A_source_status_is_a_list_with_the_remedy()
    {
        var lines = Show(_make.Create(
            "S3ModelSourceStatus",
            ("Uri", "s3://b/m"), ("Available", false), ("Reason", "AccessDenied"), ("Message", "No."), ("Remedy", "Ask."), ("Latency", TimeSpan.FromMilliseconds(12))));
        Assert.Contains("Reason : AccessDenied", Compact(lines));
        Assert.Contains("Remedy : Ask.", Compact(lines));
        Assert.Contains("Latency : 12 ms", Compact(lines));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1048575)]
    [InlineData(64L << 20)]
    [InlineData(long.MaxValue)]
    public void Tables_and_messages_write_sizes_alike(long bytes)
    {
        var text = (string)CmdletAssembly.From(_engine).GetType("S3ModelStore.Formatting.ByteSize", throwOnError: true)!
            .GetMethod("ToText", BindingFlags.Static | BindingFlags.Public)!.Invoke(null, [(double)bytes])!;
        var row = Show(_make.Create("S3ModelFileResult", ("RelativePath", "a"), ("Size", bytes)))[2];
        Assert.Contains(" " + text + " ", row, StringComparison.Ordinal);
        Assert.StartsWith(bytes < 1024 ? bytes.ToString(CultureInfo.InvariantCulture) : string.Empty, text, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_list_of_properties_files_are_their_paths()
    {
        Assert.All(
            ["S3ModelObject", "S3ModelPlannedFile", "S3ModelFileResult"],
            type => Assert.Equal("sub/a.bin", _make.Create(type, ("RelativePath", "sub/a.bin"), ("Size", 1L)).ToString()));
        Assert.Equal(".bin", _make.CreateByConstructor("S3ModelExtensionSummary", ".bin", 1, 1L).ToString());
    }

    private object Result(bool success, params (string Property, object? Value)[] more) => _make.Create(
        "S3ModelDownloadResult",
        [
            ("Uri", "s3://b/m"), ("Destination", "/data/m"), ("Success", success), ("BytesDownloaded", 2 * GB), ("TotalBytes", 3 * GB),
            ("BytesPerSecond", (double)GB), ("Duration", TimeSpan.FromSeconds(3725)), ("Files", _make.List("S3ModelFileResult", _make.Create("S3ModelFileResult"))),
            .. more,
        ]);

    private string[] Show(object value)
    {
        _engine.Set("Value", value);
        var result = _engine.Run("$Value | Out-Default");
        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors);
        return [.. result.Screen.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }

    private static IEnumerable<string> Compact(IEnumerable<string> lines)
        => lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
}

using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Storage;
using Xunit;

namespace S3ModelStore.Engine.Tests.Storage;

/// <summary>
/// What is kept between runs, when anything at all stands there instead: only documented errors, nothing outside the destination, and no
/// memory that the length of the file does not pay for.
/// </summary>
public sealed class StateFuzzTests : IDisposable
{
    private static readonly ObjectIdentity Identity = new("https://s3.example.org", "bucket", "llm/a.bin", "e-12", "v1", 12 * 1024);

    private readonly StateDirectory _state = new(Directory.CreateTempSubdirectory("s3modelstore-").FullName);

    public StateFuzzTests() => _state.Create();

    public void Dispose() => Directory.Delete(_state.Destination, recursive: true);

    [Fact]
    public void A_journal_gives_parts_within_its_object_or_none()
    {
        var path = _state.JournalPath("x");
        var samples = new[] { Journal(path, 12, descending: false), Journal(path, 5, descending: true), Journal(path, 0, descending: false) };
        Assert.Equal(12 * 1024, ResumeJournal.RecordedBytes(WriteTo(path, samples[0]), Identity));
        var mutator = new Mutator(1);
        var survived = 0;
        for (var i = Mutator.Inputs(1_500, 120_000); i > 0; i--)
        {
            var mutant = mutator.Next(samples);
            if (!mutator.Chance(3))
                Seal(mutant);
            File.WriteAllBytes(path, mutant);

            IReadOnlyList<JournalPart> parts = [];
            AssertPaidFor(mutant, () => ResumeJournal.TryOpen(path, Identity, out parts)?.Dispose());

            survived += parts.Count > 0 ? 1 : 0;
            for (var p = 0; p < parts.Count; p++)
                Assert.True(parts[p].Length > 0 && parts[p].Offset >= (p == 0 ? 0 : parts[p - 1].End) && parts[p].End <= Identity.Size, Convert.ToHexString(mutant));
        }

        Assert.NotEqual(0, survived);
    }

    [Fact]
    public void A_manifest_is_one_or_none_or_of_a_later_version()
    {
        var samples = new[] { Encoding.UTF8.GetBytes(ManifestTests.Document), JsonSerializer.SerializeToUtf8Bytes(ManifestTests.Sample(), StateReading.Default.Manifest) };
        var mutator = new Mutator(2);
        var survived = 0;
        for (var i = Mutator.Inputs(1_500, 120_000); i > 0; i--)
        {
            var mutant = mutator.Next(samples);
            File.WriteAllBytes(_state.ManifestPath, mutant);

            Manifest? manifest = null;
            AssertPaidFor(mutant, () =>
            {
                try
                {
                    manifest = Manifest.Read(_state.ManifestPath);
                }
                catch (ModelStoreException error)
                {
                    Assert.Equal(ModelStoreErrorCode.UnsupportedState, error.Code);
                    Assert.True(error.Message.Length < 1000, error.Message);
                }
            });

            survived += manifest is null ? 0 : 1;
            AssertSound(manifest?.Files ?? []);
        }

        Assert.NotEqual(0, survived);
    }

    [Fact]
    public void A_log_gives_whole_entries_or_none()
    {
        var lines = ManifestTests.Sample().Files.Select(entry => JsonSerializer.SerializeToUtf8Bytes(entry, StateReading.Default.ManifestEntry)).ToArray();
        var sample = lines.SelectMany(line => line.Append((byte)'\n')).ToArray();
        var mutator = new Mutator(3);
        var survived = 0;
        for (var i = Mutator.Inputs(1_500, 120_000); i > 0; i--)
        {
            var mutant = mutator.Next(sample, lines[0]);
            File.WriteAllBytes(Path.Combine(_state.CompletedDirectory, "0.jsonl"), mutant);

            IReadOnlyCollection<ManifestEntry> entries = [];
            AssertPaidFor(mutant, () => entries = DestinationIndex.Load(_state).Entries);

            survived += entries.Count;
            AssertSound(entries);
        }

        Assert.NotEqual(0, survived);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("C:/x")]
    [InlineData(".s3modelstore/job.lock")]
    [InlineData(".S3MODELSTORE/job.lock")]
    [InlineData("a//b")]
    [InlineData("a\\..\\b")]
    [InlineData("a\0b")]
    [InlineData("")]
    public void An_entry_whose_path_is_no_file_of_a_model_is_left_out(string hostile)
    {
        var sample = ManifestTests.Sample();
        var entries = new[] { sample.Files[0], sample.Files[1] with { Path = hostile } };
        (sample with { Files = entries }).Write(_state.ManifestPath);
        using (var log = new CompletedLog(_state))
            log.Append(entries[1]);

        Assert.Equal([entries[0]], Manifest.Read(_state.ManifestPath)?.Files);
        Assert.Equal([entries[0]], DestinationIndex.Load(_state).Entries);
    }

    /// <summary>Sparse: the bytes are there for whoever reads them, and nowhere else.</summary>
    [Fact]
    public void A_file_of_gigabytes_is_not_read()
    {
        var paths = new[] { _state.ManifestPath, Path.Combine(_state.CompletedDirectory, "0.jsonl"), _state.JournalPath("x") };
        foreach (var path in paths)
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
            RandomAccess.SetLength(file, 5L << 30);
        }

        AssertPaidFor([], () => Assert.Null(Manifest.Read(paths[0])));
        AssertPaidFor([], () => Assert.Empty(DestinationIndex.Load(_state).Entries));
        AssertPaidFor([], () => Assert.Equal(0, ResumeJournal.RecordedBytes(paths[2], Identity)));
    }

    /// <summary>Half a million records whose order suits no list: a reader that moves all of them for each would not come back.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_journal_of_very_many_records_is_read_in_one_go(bool descending)
    {
        const int Count = 500_000;
        var identity = Identity with { Size = Count };
        var path = _state.JournalPath("x");
        var header = JournalFormat.WriteHeader(identity);
        var journal = new byte[header.Length + (Count * JournalFormat.RecordSize)];
        header.CopyTo(journal, 0);
        for (var i = 0; i < Count; i++)
            JournalFormat.WriteRecord(journal.AsSpan(header.Length + (i * JournalFormat.RecordSize)), new JournalPart(descending ? Count - 1 - i : i, 1, 0));

        Assert.Equal(Count, ResumeJournal.RecordedBytes(WriteTo(path, journal), identity));
    }

    /// <summary>Makes the checksums right again, so that what is behind them is reached.</summary>
    internal static void Seal(byte[] journal)
    {
        const int Fixed = 12;
        if (journal.Length < Fixed)
            return;
        var end = (long)Fixed + BinaryPrimitives.ReadUInt32LittleEndian(journal.AsSpan(8));
        if (end + sizeof(uint) > journal.Length)
            return;
        BinaryPrimitives.WriteUInt32LittleEndian(journal.AsSpan((int)end), Crc32.HashToUInt32(journal.AsSpan(0, (int)end)));
        for (var record = (int)end + sizeof(uint); record + JournalFormat.RecordSize <= journal.Length; record += JournalFormat.RecordSize)
            BinaryPrimitives.WriteUInt32LittleEndian(journal.AsSpan(record + 28), Crc32.HashToUInt32(journal.AsSpan(record, 28)));
    }

    private static byte[] Journal(string path, int parts, bool descending)
    {
        using (var journal = ResumeJournal.Create(path, Identity))
        {
            for (var i = 0; i < parts; i++)
                journal.Append(new JournalPart((descending ? parts - 1 - i : i) * 1024, 1024, (ulong)i));
        }

        return File.ReadAllBytes(path);
    }

    private static string WriteTo(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        return path;
    }

    private static void AssertSound(IReadOnlyCollection<ManifestEntry> entries)
    {
        foreach (var entry in entries)
        {
            Assert.True(entry.IsWhole());
            var full = Path.GetFullPath(Path.Combine("/models/llm", entry.Path));
            Assert.Equal("/models/llm/" + entry.Path, full);
            Assert.False(full.StartsWith("/models/llm/.s3modelstore/", StringComparison.OrdinalIgnoreCase), full);
        }
    }

    private static void AssertPaidFor(byte[] input, Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= (128 * 1024) + (64L * input.Length), $"{allocated} bytes were allocated for {input.Length}.");
    }
}

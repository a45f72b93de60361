using System.Globalization;
using System.Security.Cryptography;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.TestServer;
using S3ModelStore.TestServer.Catalog;
using S3ModelStore.TestServer.Content;
using S3ModelStore.TestServer.Faults;

namespace S3ModelStore.Engine.Tests.Chaos;

/// <summary>A model, a server, options and faults, all of them decided by a seed.</summary>
internal sealed class Storm : IAsyncDisposable
{
    /// <summary>The files that are fetched in several parts.</summary>
    public const string Large = "m/*.safetensors";

    public const string Secret = "PLANTED/secret+key=storm-0123456789abcdef";
    public const string Token = "PLANTED-session-token//storm-0123456789==";

    private const int UploadPart = 200 * 1024;

    private readonly Dictionary<string, List<ObjectContent>> _versions = new(StringComparer.Ordinal);
    private readonly List<Task> _absences = [];
    private readonly TaskCompletionSource _cleared = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _endpoint;
    private FaultRule? _lead;

    private Storm(int seed, EngineFixture fixture, bool needsProof)
    {
        Seed = seed;
        Random = new Random(seed);
        Fixture = fixture;
        _endpoint = fixture.Options.EndpointUrl!;
        PutModel();
        AnyKey = Pick([.. _versions.Keys.Order(StringComparer.Ordinal)]);
        fixture.Options = fixture.Options with
        {
            SessionToken = Token,
            PartSize = Pick(64, 100, 256) * 1024,
            MaxConcurrency = Pick<int?>(1, 3, 8, null),
            MaxRetries = 4,
            IdleTimeout = TimeSpan.FromSeconds(20),
            BackoffBase = TimeSpan.FromMilliseconds(250),
            BackoffCap = TimeSpan.FromSeconds(2),
        };
        fixture.Verification = needsProof ? VerificationLevel.Sha256 : Pick(VerificationLevel.Sha256, VerificationLevel.ETagMd5, VerificationLevel.Size);
    }

    public int Seed { get; }

    public Random Random { get; }

    public EngineFixture Fixture { get; }

    public S3TestServer Server => Fixture.Server;

    /// <summary>One key of the model, always the same.</summary>
    public string AnyKey { get; }

    /// <summary>The model is not what it was: <see cref="AnyKey"/> is another object, or none.</summary>
    public bool LostAnObject => !Server.Objects.Keys(EngineFixture.Bucket).Contains(AnyKey, StringComparer.Ordinal);

    /// <summary>Whether the fault that began first has happened to a request; faults of the server itself always have.</summary>
    public bool HasStruck => _lead is null || _lead.TimesApplied > 0;

    public static async Task<Storm> BrewAsync(int seed, bool needsProof)
        => new(seed, await EngineFixture.StartAsync(FixedPort.In(new S3TestServerOptions { SecretKey = Secret, SessionToken = Token, MaxKeysPerPage = 2 })), needsProof);

    /// <summary>Begins the faults, the first one in the lead.</summary>
    public void Begin(IReadOnlyList<ChaosFault> faults)
    {
        faults[0].Begin(this);
        _lead = Server.Faults.Rules is [var first, ..] ? first : null;
        foreach (var fault in faults.Skip(1))
            fault.Begin(this);
    }

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Random.Next(choices.Length)];

    /// <summary>How far a body gets: not at all, into the first bytes of any file, or further than any of the small ones.</summary>
    public long AfterBytes() => Pick(0, 1, 40, 20_000);

    public FaultRule Get(string? keyPattern = null) => Extend(Server.Faults.OnGet(keyPattern));

    public FaultRule Head() => Extend(Server.Faults.OnHead());

    public FaultRule List() => Extend(Server.Faults.OnList());

    /// <summary>The server is not there, from now until later or until the sky is clear.</summary>
    public void Away(TimeSpan? until) => _absences.Add(StayAwayAsync(Task.CompletedTask, until));

    /// <summary>The server ends when the rule applies, and comes back on the same port.</summary>
    public void AwayAfter(FaultRule rule, TimeSpan time)
    {
        rule.Custom(_ => Task.FromResult(false));
        _absences.Add(StayAwayAsync(rule.Applied, time));
    }

    public void Unresolvable() => Fixture.Options = Fixture.Options with { EndpointUrl = "http://nonexistent.invalid:9000" };

    /// <summary>The object is going to have these bytes.</summary>
    public void Knows(string key, ObjectContent content) => _versions[key].Add(content);

    /// <summary>Whether these were ever the bytes of the object.</summary>
    public bool WasEver(string key, byte[] bytes)
        => _versions.TryGetValue(key, out var versions) && versions.Any(version => version.Length == bytes.Length && version.ToArray().AsSpan().SequenceEqual(bytes));

    /// <summary>Ends every fault.</summary>
    public async Task ClearAsync()
    {
        _cleared.TrySetResult();
        await Task.WhenAll(_absences);
        Server.Faults.Clear();
        Server.ClockOffset = TimeSpan.Zero;
        Fixture.Options = Fixture.Options with { EndpointUrl = _endpoint };
    }

    public ValueTask DisposeAsync() => Fixture.DisposeAsync();

    // Until the end, or a few times: both are worth surviving.
    private FaultRule Extend(FaultRule rule) => Random.Next(10) < 3 ? rule.Always() : rule.Times(Random.Next(1, 4));

    private async Task StayAwayAsync(Task begin, TimeSpan? until)
    {
        await Task.WhenAny(begin, _cleared.Task);
        await Server.CloseAsync();
        await (until is { } time ? Task.WhenAny(Task.Delay(time), _cleared.Task) : _cleared.Task);
        await Server.ReopenAsync();
    }

    private void PutModel()
    {
        Put("m/a.json", 0);
        Put("m/b.json", 1);
        Put("m/c.json", 1000);
        Put("m/tokenizer/d.txt", Random.Next(1, 5000));
        for (var i = 0; i < 3; i++)
            Put(string.Create(CultureInfo.InvariantCulture, $"m/w-{i}.safetensors"), Random.Next(260 * 1024, 900 * 1024));
    }

    private void Put(string key, int size)
    {
        var content = ObjectContent.Generated(size, Seed + _versions.Count);
        _versions.Add(key, [content]);
        // One file at least is worth a question about its checksum.
        Server.Objects.Put(EngineFixture.Bucket, key, content, (key == "m/w-0.safetensors" ? 0 : Random.Next(3)) switch
        {
            0 => new PutOptions { MultipartPartSize = UploadPart },
            1 => new PutOptions
            {
                ETag = EngineFixtureExtensions.MultipartETag,
                ChecksumType = "FULL_OBJECT",
                Checksums = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["x-amz-checksum-sha256"] = Convert.ToBase64String(SHA256.HashData(content.ToArray())) },
            },
            _ => new PutOptions(),
        });
    }
}

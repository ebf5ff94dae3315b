// Two targets of the kind that people scrape, for the boards that people share: prom-client's default metrics, and some of those of
// node_exporter.
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Exposing } from './exposing'
import { exposing } from './exposing'

/** prom-client's own metrics of this process. */
export async function nodeTarget(): Promise<Exposing> {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return exposing(() => registry.metrics())
}

/** A machine with two processors and two disks, whose counters grow with the time. */
export async function machineTarget(): Promise<Exposing> {
  const startedMs = Date.now()
  return exposing(async () => {
    const seconds = (Date.now() - startedMs) / 1000
    const cpu = [0, 1].flatMap((cpu) =>
      [
        ['idle', 0.6],
        ['user', 0.3],
        ['system', 0.1],
      ].map(([mode, share]) => `node_cpu_seconds_total{cpu="${cpu}",mode="${mode}"} ${1000 + seconds * Number(share)}`),
    )
    const disks = ['sda', 'nvme0n1'].map(
      (device, i) => `node_disk_reads_completed_total{device="${device}"} ${seconds * 10 * (i + 1)}`,
    )
    const networks = ['eth0', 'lo'].flatMap((device, i) => [
      `node_network_receive_bytes_total{device="${device}"} ${seconds * 125_000 * (i + 1)}`,
      `node_network_transmit_bytes_total{device="${device}"} ${seconds * 50_000 * (i + 1)}`,
    ])
    const files = [
      ['/', 50e9, 12e9, 3_000_000],
      ['/data', 200e9, 150e9, 9_000_000],
    ].flatMap(([mountpoint, size, free, inodes]) => {
      const labels = `{device="/dev/sda1",fstype="ext4",mountpoint="${mountpoint}"}`
      return [
        `node_filesystem_size_bytes${labels} ${size}`,
        `node_filesystem_avail_bytes${labels} ${free}`,
        `node_filesystem_files_free${labels} ${inodes}`,
      ]
    })
    return [
      'node_uname_info{machine="x86_64",nodename="box",release="6.1.0",sysname="Linux"} 1',
      ...cpu,
      ...disks,
      ...networks,
      ...files,
      `node_pressure_cpu_waiting_seconds_total ${seconds * 0.82}`,
      `node_pressure_io_waiting_seconds_total ${seconds * 0.04}`,
      'node_memory_MemTotal_bytes 16777216000',
      `node_memory_MemAvailable_bytes ${2_516_582_400 + 1e8 * Math.sin(seconds / 20)}`,
      `node_time_seconds ${Date.now() / 1000}`,
      `node_boot_time_seconds ${startedMs / 1000 - 266_400}`,
      'node_scrape_collector_duration_seconds{collector="cpu"} 0.0021',
      'node_scrape_collector_duration_seconds{collector="diskstats"} 0.0034',
      '',
    ].join('\n')
  })
}
